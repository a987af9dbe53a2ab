using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>Normalizes each vector of some axes by its own mean and variance.</summary>
internal sealed record LayerNormalizationLayer(int Position, string Name, float Epsilon, bool Center, bool Scale)
    : ScaleAndCenterLayer(Position, Name, Epsilon, Center, Scale)
{
    public static readonly LayerKind Description = new("LayerNormalization", "layer_normalization", static arguments =>
        new LayerNormalizationLayer(
            arguments.Position,
            arguments.Name,
            arguments.Number("Epsilon", NumberRange.AboveZero, DefaultEpsilon),
            arguments.Bool("Center", fallback: true),
            arguments.Bool("Scale", fallback: true))
        {
            Axes = NormalizedAxes.Read(arguments),
            Gamma = arguments.OptionalWeights("Gamma", "Scale", Initializer.Ones),
            Beta = arguments.OptionalWeights("Beta", "Center", Initializer.Zeros),
        });

    public override bool KeepsMask => true;

    public override string? StreamObstacle(IReadOnlyList<Shape> inputs) => Axes.StreamObstacle(inputs[0]);

    protected override Op Lower(LayerBuilder builder, Op x) => Axes.Apply(builder, x, value =>
        Affine(builder, builder.Add(new LayerStandardizeOp(Epsilon), value.Shape, "Forward", value)));
}
