using Unroll.Generator.Diagnostics;
using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>x where positive, else slope·x with a trained slope for each element of a sample.</summary>
internal sealed record PReluLayer(int Position, string Name, WeightSpec Slope) : UnaryLayer(Position, Name)
{
    public static readonly LayerKind Description = new("PRelu", "prelu", static arguments => new PReluLayer(
        arguments.Position, arguments.Name, arguments.Weights("Slope", Initializer.Zeros))
    {
        SharedAxes = arguments.Numbers("SharedAxes") ?? default,
    })
    {
        Keras = "PReLU",
    };

    /// <summary>The axes along which the slope is the same, counted from 1.</summary>
    public EquatableArray<int> SharedAxes { get; init; }

    protected override Inference Infer(Shape input) =>
        SharedAxes.All(axis => axis >= 1 && axis <= input.Rank) && SharedAxes.Distinct().Count() == SharedAxes.Count ? input : Problem.At(
            At("SharedAxes"),
            DiagnosticDescriptors.AxesOutOfRange,
            Name,
            "SharedAxes",
            NumberText.Of(input.Rank),
            ImageAxes.List(SharedAxes));

    protected override IEnumerable<Weight> Weights(Shape input) => [new Weight(
        "alpha", new Shape(input.Sizes.Select((size, axis) => SharedAxes.Contains(axis + 1) ? 1 : size).ToEquatableArray()), Slope)];

    public override bool KeepsMask => true;

    public override string? StreamObstacle(IReadOnlyList<Shape> inputs) =>
        SharedAxes.Contains(1) ? null : "each step has slopes of its own, unless SharedAxes names axis 1";

    protected override Op Lower(LayerBuilder builder, Op x)
    {
        Op slope = builder.Weight("alpha");
        slope = SharedAxes.Count == 0 ? slope : builder.AddShared(new ExpandAxesOp(), x.Shape, "AllSlopes", slope);
        return builder.Step(new ParametricRelu(), "Forward", x, slope);
    }
}
