using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>
/// Batch normalization before it takes one of its forms. Operands: x, moving mean, moving variance, then scale, center and the mask of x's
/// steps where present.
/// </summary>
internal sealed record BatchNormalizeOp(float Momentum, float Epsilon, bool Scale, bool Center, bool IsMasked) : OpKind
{
    public override IEnumerable<string?> Details =>
    [
        $"momentum {NumberText.Of(Momentum)} epsilon {NumberText.Of(Epsilon)}",
        Scale ? "scaled" : null,
        Center ? "centered" : null,
        IsMasked ? "masked" : null,
    ];

    /// <summary>The operands between x and the mask.</summary>
    public int Statistics => 2 + (Scale ? 1 : 0) + (Center ? 1 : 0);

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == Statistics + (IsMasked ? 2 : 1)
        && operands[0] == result
        && operands.Skip(1).Take(Statistics).All(statistic => statistic.Last == result.Last)
        && (!IsMasked || operands[operands.Count - 1] == Shape.Of(result[0]));
}

/// <summary>[3, units]: mean, variance and 1/√(variance + ε) over all vectors of the batch. Operand: x.</summary>
internal sealed record BatchMomentsOp(float Epsilon) : OpKind
{
    public override IEnumerable<string?> Details => [$"epsilon {NumberText.Of(Epsilon)}"];

    public override bool SumsOverBatch => true;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) => operands.Count == 1 && result == Shape.Of(3, operands[0].Last);
}

/// <summary>[2, units]: the means of dy and of dy·x̂ over all vectors of the batch. Operands: dy, x̂.</summary>
internal sealed record BatchProjectionsOp : OpKind
{
    public override bool SumsOverBatch => true;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == 2 && operands[0] == operands[1] && result == Shape.Of(2, operands[0].Last);
}

/// <summary>moving = momentum·moving + (1 − momentum)·batch, for mean and variance. Operands: moments, moving mean, moving variance.</summary>
internal sealed record MovingAverageOp(float Momentum) : OpKind
{
    public override IEnumerable<string?> Details => [$"momentum {NumberText.Of(Momentum)}"];

    public override Effect Effect => Effect.Commit;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == 3 && operands[0] == result && operands.All(operand => operand.Last == result.Last);
}

/// <summary>
/// [2, units]: the scale and shift that moving averages amount to. Operands: mean, variance, then scale and center where present.
/// </summary>
internal sealed record AffineOfStatisticsOp(float Epsilon, bool Scale, bool Center) : OpKind
{
    public override IEnumerable<string?> Details => [$"epsilon {NumberText.Of(Epsilon)}", Scale ? "scaled" : null, Center ? "centered" : null];

    /// <summary>How many there are.</summary>
    public int Operands => 2 + (Scale ? 1 : 0) + (Center ? 1 : 0);

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == Operands && result == Shape.Of(2, result.Last) && operands.All(operand => operand.Last == result.Last);
}

/// <summary>[2, units]: 1/max(√variance, least) and the mean. Operands: mean, variance.</summary>
internal sealed record InverseDeviationOp(float Least) : OpKind
{
    public override IEnumerable<string?> Details => [$"least {NumberText.Of(Least)}"];

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == 2 && result == Shape.Of(2, result.Last) && operands.All(operand => operand.Last == result.Last);
}
