using Unroll.Generator.Graph;

namespace Unroll.Generator.Layers;

/// <summary>In training x·N(1, Rate/(1 − Rate)).</summary>
internal sealed record GaussianDropoutLayer(int Position, string Name, float Rate) : UnaryLayer(Position, Name)
{
    public static readonly LayerKind Description = new("GaussianDropout", "gaussian_dropout", static arguments =>
        new GaussianDropoutLayer(arguments.Position, arguments.Name, arguments.DropRate("rate")));

    public override bool KeepsMask => true;

    protected override Op Lower(LayerBuilder builder, Op x) =>
        builder.Step(new MultiplyGaussian((float)Math.Sqrt(Rate / (1.0 - Rate)), Position), "Forward", x);
}
