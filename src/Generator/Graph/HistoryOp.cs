using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>[steps, columns]: the last steps of a stream, the present one behind those before, which last from call to call. Operand: x [1, columns].</summary>
internal sealed record HistoryOp : OpKind
{
    public override bool ReadsPacked(int operand) => true;

    public override bool IsLasting => true;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == 1 && result.Rank == 2 && operands[0] == Shape.Of(1, result.Last);
}
