using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>The same values along the axes that are of size 1 in the operand and larger in the result. Operand: x.</summary>
internal sealed record ExpandAxesOp : OpKind
{
    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) => operands.Count == 1 && AxesFit(operands[0], result);

    public override void Differentiate(GradientTape tape, Op op, Op dy) => tape.Contribute(op, 0, new SumAxesOp(), "Gradient", dy);

    public static bool AxesFit(Shape small, Shape large) => small.Rank == large.Rank
        && small.Sizes.Zip(large.Sizes, static (one, all) => one == 1 || one == all).All(static fits => fits);
}

/// <summary>The adjoint of <see cref="ExpandAxesOp"/>: sums along these axes. Operand: x.</summary>
internal sealed record SumAxesOp : OpKind
{
    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) => operands.Count == 1 && ExpandAxesOp.AxesFit(result, operands[0]);
}
