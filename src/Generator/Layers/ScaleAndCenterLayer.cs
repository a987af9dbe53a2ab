using Unroll.Generator.Diagnostics;
using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>Standardizes, then multiplies by gamma where it scales and adds beta where it centers.</summary>
internal abstract record ScaleAndCenterLayer(int Position, string Name, float Epsilon, bool Center, bool Scale)
    : UnaryLayer(Position, Name)
{
    protected const float DefaultEpsilon = 1e-3f;

    /// <summary>Those that gamma and beta have.</summary>
    public NormalizedAxes Axes { get; init; } = NormalizedAxes.Last;

    public WeightSpec Gamma { get; init; } = Initializer.Ones;

    public WeightSpec Beta { get; init; } = Initializer.Zeros;

    protected override Inference Infer(Shape input) => Axes.Check(this, input) is Problem problem ? problem : input;

    protected override IEnumerable<Weight> Weights(Shape input)
    {
        Shape shape = Axes.Of(input);
        if (Scale)
        {
            yield return Weight.OfVector("gamma", shape, Gamma);
        }

        if (Center)
        {
            yield return Weight.OfVector("beta", shape, Beta);
        }
    }

    /// <summary>y·gamma + beta, of what is present.</summary>
    protected Op Affine(LayerBuilder builder, Op y)
    {
        y = Scale ? builder.Step(new ScaleUnits(), "Affine", y, builder.Weight("gamma")) : y;
        return Center ? builder.Step(new AddBias(), "Affine", y, builder.Weight("beta")) : y;
    }
}
