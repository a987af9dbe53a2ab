using Unroll.Generator.Graph;

namespace Unroll.Generator.Layers;

/// <summary>In training x + N(0, StandardDeviation²).</summary>
internal sealed record GaussianNoiseLayer(int Position, string Name, float StandardDeviation) : UnaryLayer(Position, Name)
{
    public static readonly LayerKind Description = new("GaussianNoise", "gaussian_noise", static arguments => new GaussianNoiseLayer(
        arguments.Position, arguments.Name, arguments.Number("stddev", NumberRange.ToOne, fallback: 0f)));

    public override bool KeepsMask => true;

    protected override Op Lower(LayerBuilder builder, Op x) => builder.Step(new AddGaussian(StandardDeviation, Position), "Forward", x);
}
