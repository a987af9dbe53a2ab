using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>
/// A clock of a stream, which counts its steps and ticks at step <paramref name="First"/>, counted from 0, and each <paramref name="Period"/>
/// steps from there on. No operands.
/// </summary>
internal sealed record ClockOp(int Period, int First) : OpKind
{
    public override IEnumerable<string?> Details => [$"of every {NumberText.Of(Period)} from {NumberText.Of(First)}"];

    /// <summary>What it has counted, and whether it ticks at the present step.</summary>
    public static readonly Shape State = Shape.Of(2);

    public override bool IsLasting => true;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) => operands.Count == 0 && result == State;
}

/// <summary>x at the steps at which a clock ticks: what is computed from it is computed then only (<see cref="Clocks"/>). Operands: x, clock.</summary>
internal sealed record WhenOp : OpKind
{
    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == 2 && operands[0] == result && operands[1] == ClockOp.State;
}

/// <summary>The last x that was computed, at every step; zeros before the first. Operand: x.</summary>
internal sealed record HoldOp : OpKind
{
    public override bool IsLasting => true;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) => operands.Count == 1 && operands[0] == result;
}
