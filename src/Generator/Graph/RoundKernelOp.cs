using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>w as predictions read it: its values rounded to the upper half of a float (bfloat16). Operand: w.</summary>
/// <param name="IsPaired">Whether they are stored in 16 bits, two rows of w in a row of 32-bit lanes, or as floats.</param>
internal sealed record RoundKernelOp(bool IsPaired) : OpKind
{
    public override IEnumerable<string?> Details => [IsPaired ? "paired" : null];

    public override Arrangement ArrangementOf(Arrangement first) => IsPaired ? Arrangement.Panels : first;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) => operands.Count == 1 && operands[0] == result && result.Rank == 2;
}
