using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>[1]: l1·Σ|x| + l2·Σx² of each sample. Operand: x.</summary>
internal sealed record ActivityPenaltyOp(Penalty Penalty) : OpKind
{
    public override IEnumerable<string?> Details => [Penalty.Text];

    public override Effect Effect => Effect.Penalty;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) => operands.Count == 1 && result.Size == 1;

    public override void DifferentiateEffect(GradientTape tape, Op op) =>
        tape.Contribute(op, 0, new ActivityPenaltyGradientOp(Penalty), "Gradient", tape[op, 0]);
}

/// <summary>(l1·sign(x) + 2·l2·x)/samples of the batch. Operand: x, whose padding need not be 0.</summary>
internal sealed record ActivityPenaltyGradientOp(Penalty Penalty) : OpKind
{
    public override IEnumerable<string?> Details => [Penalty.Text];

    public override bool NeedsShare => true;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) => operands.Count == 1 && operands[0] == result;
}
