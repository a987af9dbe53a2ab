using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>What belongs to the step, once for every sample. Operand: x.</summary>
internal sealed record SpreadOp : OpKind
{
    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) => operands.Count == 1 && operands[0] == result;

    public override void Differentiate(GradientTape tape, Op op, Op dy) =>
        tape.Contribute(op, 0, new BatchSumOp(default), "Gradient", dy);
}
