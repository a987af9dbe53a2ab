using Unroll.Generator.Diagnostics;
using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>Divides each vector of some axes by its root mean square, and multiplies by a trained scale.</summary>
internal sealed record RMSNormalizationLayer(int Position, string Name, NormalizedAxes Axes, float Epsilon) : UnaryLayer(Position, Name)
{
    public static readonly LayerKind Description = new("RMSNormalization", "rms_normalization", static arguments => new RMSNormalizationLayer(
        arguments.Position,
        arguments.Name,
        NormalizedAxes.Read(arguments),
        arguments.Number("Epsilon", NumberRange.AboveZero, fallback: 1e-6f)));

    protected override Inference Infer(Shape input) => Axes.Check(this, input) is Problem problem ? problem : input;

    protected override IEnumerable<Weight> Weights(Shape input) => [Weight.OfVector("scale", Axes.Of(input), Initializer.Ones)];

    public override bool KeepsMask => true;

    public override string? StreamObstacle(IReadOnlyList<Shape> inputs) => Axes.StreamObstacle(inputs[0]);

    protected override Op Lower(LayerBuilder builder, Op x) => Axes.Apply(builder, x, value => builder.Step(
        new ScaleUnits(), "Scale", builder.Add(new RootMeanSquareOp(Epsilon), value.Shape, "Forward", value), builder.Weight("scale")));
}
