using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>(x − mean)/max(√variance, 1e-7) with the statistics of data, one a unit of the last axis.</summary>
internal sealed record NormalizationLayer(int Position, string Name) : UnaryLayer(Position, Name)
{
    public static readonly LayerKind Description =
        new("Normalization", "normalization", static arguments => new NormalizationLayer(arguments.Position, arguments.Name));

    private const string Mean = "mean";
    private const string Variance = "variance";

    // The epsilon of the Keras backend.
    private const float LeastDeviation = 1e-7f;

    public override MeasuredWeights? Measured => new(Mean, Variance);

    protected override IEnumerable<Weight> Weights(Shape input) =>
    [
        new Weight(Mean, Shape.Of(input.Last), Initializer.Zeros, IsTrained: false),
        new Weight(Variance, Shape.Of(input.Last), Initializer.Ones, IsTrained: false),
    ];

    public override string? StreamObstacle(IReadOnlyList<Shape> inputs) => null;

    protected override Op Lower(LayerBuilder builder, Op x)
    {
        Op statistics = builder.AddShared(
            new InverseDeviationOp(LeastDeviation),
            Shape.Of(2, x.Shape.Last),
            "Statistics",
            builder.Weight(Mean),
            builder.Weight(Variance));
        return builder.Step(new NormalizeUnits(), "Forward", x, statistics);
    }
}
