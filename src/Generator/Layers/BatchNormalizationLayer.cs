using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>Normalizes each unit by mean and variance of the batch in training, by their moving averages in inference.</summary>
internal sealed record BatchNormalizationLayer(
    int Position, string Name, float Momentum, float Epsilon, bool Center, bool Scale)
    : ScaleAndCenterLayer(Position, Name, Epsilon, Center, Scale)
{
    public static readonly LayerKind Description = new("BatchNormalization", "batch_normalization", static arguments =>
        new BatchNormalizationLayer(
            arguments.Position,
            arguments.Name,
            arguments.Number("Momentum", NumberRange.BelowOne, fallback: 0.99f),
            arguments.Number("Epsilon", NumberRange.AboveZero, DefaultEpsilon),
            arguments.Bool("Center", fallback: true),
            arguments.Bool("Scale", fallback: true))
        {
            Axes = NormalizedAxes.Read(arguments),
            Gamma = arguments.OptionalWeights("Gamma", "Scale", Initializer.Ones),
            Beta = arguments.OptionalWeights("Beta", "Center", Initializer.Zeros),
        });

    protected override IEnumerable<Weight> Weights(Shape input) =>
    [
        .. base.Weights(input),
        new Weight("moving_mean", Axes.Of(input), Initializer.Zeros, IsTrained: false),
        new Weight("moving_variance", Axes.Of(input), Initializer.Ones, IsTrained: false),
    ];

    public override bool KeepsMask => true;

    public override string? StreamObstacle(IReadOnlyList<Shape> inputs) => Axes.StreamObstacle(inputs[0]);

    protected override Op Lower(LayerBuilder builder, Op x)
    {
        List<Op> operands = [builder.Weight("moving_mean"), builder.Weight("moving_variance")];
        if (Scale)
        {
            operands.Add(builder.Weight("gamma"));
        }

        if (Center)
        {
            operands.Add(builder.Weight("beta"));
        }

        // Masked steps are normalized as the others, but have no part in mean and variance.
        return Axes.Apply(builder, x, value =>
        {
            if (!builder.IsTrained)
            {
                Op affine = builder.AddShared(new AffineOfStatisticsOp(Epsilon, Scale, Center), Shape.Of(2, value.Shape.Last), "Affine", [.. operands]);
                return builder.Step(new AffineUnits(), "Forward", value, affine);
            }

            Op[] mask = builder.MaskOf(0) is Op steps && value == x ? [steps] : [];
            return builder.Add(
                new BatchNormalizeOp(Momentum, Epsilon, Scale, Center, IsMasked: mask.Length > 0), value.Shape, "Forward", [value, .. operands, .. mask]);
        });
    }
}
