using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>[steps]: 1 where any value of a step differs from <c>Value</c>, else 0. Operand: x [steps, features], or [steps].</summary>
internal sealed record StepMaskOp(float Value) : OpKind
{
    public override IEnumerable<string?> Details => [$"of {NumberText.Of(Value)}"];

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == 1 && result.Rank == 1 && operands[0][0] == result[0];

    public override void Differentiate(GradientTape tape, Op op, Op dy)
    {
    }
}

/// <summary>Each step of x times its number. Operands: x [steps, ...], factors [steps], which have no gradient.</summary>
internal sealed record ScaleStepsOp : OpKind
{
    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == 2 && operands[0] == result && operands[1] == Shape.Of(result[0]);

    public override void Differentiate(GradientTape tape, Op op, Op dy) =>
        tape.Contribute(op, 0, new ScaleStepsOp(), "Gradient", dy, tape[op, 1]);
}

/// <summary>[1]: what a step that counts weighs in a mean over all steps of the batch: their number over that of those with mask 1; 0 where there are none. Operand: mask [steps].</summary>
internal sealed record MaskWeightOp : OpKind
{
    public override bool SumsOverBatch => true;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == 1 && operands[0].Rank == 1 && result == Shape.Of(1);
}

/// <summary>Each step's share in a mean over those with mask 1; 0 everywhere where there are none. Operand: mask [steps].</summary>
internal sealed record ShareOfStepsOp : OpKind
{
    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) => operands.Count == 1 && operands[0] == result && result.Rank == 1;
}

/// <summary>[3, units]: mean, variance and 1/√(variance + ε) over the steps of the batch with mask 1. Operands: x [steps, ..., units], mask [steps].</summary>
internal sealed record MaskedMomentsOp(float Epsilon) : OpKind
{
    public override IEnumerable<string?> Details => [$"epsilon {NumberText.Of(Epsilon)}"];

    public override bool SumsOverBatch => true;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == 2 && operands[1] == Shape.Of(operands[0][0]) && result == Shape.Of(3, operands[0].Last);
}

/// <summary>
/// [2, units]: the sums of dy and of dy·x̂ over all steps of the batch, divided by the number of those with mask 1, which alone made mean and
/// variance. Operands: dy, x̂, mask.
/// </summary>
internal sealed record MaskedProjectionsOp : OpKind
{
    public override bool SumsOverBatch => true;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == 3 && operands[0] == operands[1] && operands[2] == Shape.Of(operands[0][0]) && result == Shape.Of(2, operands[0].Last);
}

/// <summary>
/// (dy − mask·(p[0, u] + x̂·p[1, u]))·m[2, u], p being the projections and m the moments: the derivative of standardizing where masked steps
/// took no part in the moments. Operands: dy, x̂, projections, moments, mask.
/// </summary>
internal sealed record MaskedStandardizeGradientOp : OpKind
{
    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == 5 && operands[0] == result && operands[1] == result && operands[4] == Shape.Of(result[0])
        && operands.Skip(2).Take(2).All(statistics => statistics.Last == result.Last);
}
