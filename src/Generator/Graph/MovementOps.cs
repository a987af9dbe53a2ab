using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>The same elements in another shape, row-major, or as other numbers of values a sample. Operand: x.</summary>
internal sealed record ReshapeOp : OpKind
{
    public override bool ReadsPacked(int operand) => true;

    public override bool StaysPacked => true;

    public override bool Regroups => true;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) => operands.Count == 1 && operands[0].Size == result.Size;

    public override ElementType ElementOf(ElementType first) => first;

    public override void Differentiate(GradientTape tape, Op op, Op dy) => tape.Contribute(op, 0, new ReshapeOp(), "Gradient", dy);
}

/// <summary>The same elements with every vector padded to whole SIMD vectors. Operand: x.</summary>
internal sealed record RepackOp : OpKind
{
    public override bool IsCopy => true;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) => operands.Count == 1 && operands[0] == result;

    public override ElementType ElementOf(ElementType first) => first;
}

/// <summary>Axes in another order; axis i of the result is axis Axes[i] of the operand. Operand: x.</summary>
internal sealed record PermuteOp(EquatableArray<int> Axes) : OpKind
{
    public override IEnumerable<string?> Details => [$"axes {string.Join(", ", Axes.Select(static axis => NumberText.Of(axis)))}"];

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) => operands.Count == 1 && operands[0].Size == result.Size;

    public override void Differentiate(GradientTape tape, Op op, Op dy)
    {
        int[] inverse = new int[Axes.Count];
        for (int axis = 0; axis < inverse.Length; axis++)
        {
            inverse[Axes[axis]] = axis;
        }

        tape.Contribute(op, 0, new PermuteOp(inverse.ToEquatableArray()), "Gradient", dy);
    }
}

/// <summary>[n] to [count, n]. Operand: x.</summary>
internal sealed record RepeatOp : OpKind
{
    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == 1 && operands[0].Last == result.Last && operands[0].Vectors == 1;

    public override void Differentiate(GradientTape tape, Op op, Op dy) => tape.Contribute(op, 0, new SumRowsOp(), "Gradient", dy);
}

/// <summary>[count, n] to [n]: the sum of the rows. Operand: x.</summary>
internal sealed record SumRowsOp : OpKind
{
    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == 1 && operands[0].Last == result.Last && result.Vectors == 1;

    public override void Differentiate(GradientTape tape, Op op, Op dy) => tape.Contribute(op, 0, new RepeatOp(), "Gradient", dy);
}

/// <summary>Axes of size 1, and missing first ones, repeated to the size of the result's. Operand: x.</summary>
internal sealed record BroadcastOp : OpKind
{
    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) => operands.Count == 1 && IsRepeated(operands[0], result);

    public override void Differentiate(GradientTape tape, Op op, Op dy) =>
        tape.Contribute(op, 0, new SumBroadcastOp(), "Gradient", dy);

    public static bool IsRepeated(Shape small, Shape large) => small.Rank <= large.Rank && Enumerable.Range(1, small.Rank).All(fromEnd =>
        small[small.Rank - fromEnd] == 1 || small[small.Rank - fromEnd] == large[large.Rank - fromEnd]);
}

/// <summary>The sums over the axes that a <see cref="BroadcastOp"/> repeated. Operand: x.</summary>
internal sealed record SumBroadcastOp : OpKind
{
    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) => operands.Count == 1 && BroadcastOp.IsRepeated(result, operands[0]);
}

/// <summary>Both operands one after the other along an axis. Operands: a, b.</summary>
internal sealed record ConcatenateOp(int Axis) : OpKind
{
    public override IEnumerable<string?> Details => [$"axis {NumberText.Of(Axis)}"];

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == 2
        && operands.All(operand => operand.With(Axis, result[Axis]) == result)
        && operands.Sum(operand => operand[Axis]) == result[Axis];

    // Each operand receives its part.
    public override void Differentiate(GradientTape tape, Op op, Op dy)
    {
        tape.Contribute(op, 0, new SliceOp(Axis, Start: 0), "Gradient", dy);
        tape.Contribute(op, 1, new SliceOp(Axis, tape[op, 0].Shape[Axis]), "Gradient", dy);
    }
}

/// <summary>What lies from <c>Start</c> on along an axis, as much as the result holds. Operand: x.</summary>
internal sealed record SliceOp(int Axis, int Start) : OpKind
{
    public override IEnumerable<string?> Details => [$"axis {NumberText.Of(Axis)} from {NumberText.Of(Start)}"];

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == 1 && result.With(Axis, operands[0][Axis]) == operands[0] && Start >= 0 && Start + result[Axis] <= operands[0][Axis];
}
