using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>(x − mean)/√(variance + ε) of each vector. Operand: x.</summary>
internal sealed record LayerStandardizeOp(float Epsilon) : OpKind
{
    public override IEnumerable<string?> Details => [$"epsilon {NumberText.Of(Epsilon)}"];

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) => operands.Count == 1 && operands[0] == result;

    public override void Differentiate(GradientTape tape, Op op, Op dy) =>
        tape.Contribute(op, 0, new LayerStandardizeGradientOp(Epsilon), "Gradient", tape[op, 0], op, dy);
}

/// <summary>The gradient of <see cref="LayerStandardizeOp"/>. Operands: x, x̂, dx̂.</summary>
internal sealed record LayerStandardizeGradientOp(float Epsilon) : OpKind
{
    public override IEnumerable<string?> Details => [$"epsilon {NumberText.Of(Epsilon)}"];

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) => operands.Count == 3 && operands.All(operand => operand == result);
}
