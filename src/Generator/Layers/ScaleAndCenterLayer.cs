using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>Standardizes, then multiplies by gamma where it scales and adds beta where it centers.</summary>
internal abstract record ScaleAndCenterLayer(int Position, string Name, float Epsilon, bool Center, bool Scale) : UnaryLayer(Position, Name)
{
    protected const float DefaultEpsilon = 1e-3f;

    public WeightSpec Gamma { get; init; } = Initializer.Ones;

    public WeightSpec Beta { get; init; } = Initializer.Zeros;

    protected override IEnumerable<Weight> Weights(Shape input)
    {
        if (Scale)
        {
            yield return new Weight("gamma", Shape.Of(input.Last), Gamma);
        }

        if (Center)
        {
            yield return new Weight("beta", Shape.Of(input.Last), Beta);
        }
    }
}
