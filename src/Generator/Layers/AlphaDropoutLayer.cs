using Unroll.Generator.Graph;

namespace Unroll.Generator.Layers;

/// <summary>In training dropout to SELU's negative limit, then an affine map that keeps mean and variance.</summary>
internal sealed record AlphaDropoutLayer(int Position, string Name, float Rate) : UnaryLayer(Position, Name)
{
    public static readonly LayerKind Description = new("AlphaDropout", "alpha_dropout", static arguments => new AlphaDropoutLayer(
        arguments.Position, arguments.Name, arguments.DropRate("rate")));

    // Klambauer et al., 2017: dropped values become SELU's limit −α·scale; the affine map restores mean 0 and variance 1.
    private const double Limit = -1.6732632423543772 * 1.0507009873554805;

    public override bool KeepsMask => true;

    protected override Op Lower(LayerBuilder builder, Op x)
    {
        double scale = 1.0 / Math.Sqrt((1.0 - Rate) * (1.0 + (Rate * Limit * Limit)));
        double offset = -scale * Limit * Rate;
        return builder.Step(
            new AlphaDropoutStep(Rate, (float)scale, (float)offset, (float)((scale * Limit) + offset), Position), "Forward", x);
    }
}
