using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>An image whole factors larger: each pixel repeated, or straight lines between pixel centres. Operand: x.</summary>
internal sealed record ResizeOp(int Rows, int Columns, Interpolation Interpolation) : OpKind
{
    public override IEnumerable<string?> Details => [$"{NumberText.Of(Rows)} × {NumberText.Of(Columns)} {Interpolation}"];

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == 1 && operands[0].Last == result.Last && operands[0].Vectors * Rows * Columns == result.Vectors;

    public override void Differentiate(GradientTape tape, Op op, Op dy) =>
        tape.Contribute(op, 0, new ResizeGradientOp(Rows, Columns, Interpolation), "Gradient", dy);
}

/// <summary>The adjoint of <see cref="ResizeOp"/>. Operand: dy.</summary>
internal sealed record ResizeGradientOp(int Rows, int Columns, Interpolation Interpolation) : OpKind
{
    public override IEnumerable<string?> Details => [$"{NumberText.Of(Rows)} × {NumberText.Of(Columns)} {Interpolation}"];

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == 1 && operands[0].Last == result.Last && operands[0].Vectors == result.Vectors * Rows * Columns;
}
