using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>
/// Some rows of a parameter of vectors, or some columns of a matrix in panels: what lies behind each other from float <c>Start</c> on.
/// Operand: the parameter.
/// </summary>
internal sealed record SharedPartOp(int Start) : OpKind
{
    public override IEnumerable<string?> Details => [$"from {NumberText.Of(Start)}"];

    public override Arrangement ArrangementOf(Arrangement first) => first;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == 1 && Start + result.PaddedSize <= operands[0].PaddedSize;

    public override void Differentiate(GradientTape tape, Op op, Op dy) =>
        tape.Contribute(op, 0, new SharedPlaceOp(Start), "Gradient", dy);
}

/// <summary>The operand in its place from float <c>Start</c> on, zeros around it. Operand: x.</summary>
internal sealed record SharedPlaceOp(int Start) : OpKind
{
    public override IEnumerable<string?> Details => [$"from {NumberText.Of(Start)}"];

    public override Arrangement ArrangementOf(Arrangement first) => first;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == 1 && Start + operands[0].PaddedSize <= result.PaddedSize;
}
