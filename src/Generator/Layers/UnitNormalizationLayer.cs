using Unroll.Generator.Diagnostics;
using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>Divides each vector of some axes by its length.</summary>
internal sealed record UnitNormalizationLayer(int Position, string Name, NormalizedAxes Axes) : UnaryLayer(Position, Name)
{
    // keras.layers.UnitNormalization takes no other.
    private const float LeastLength = 1e-12f;

    public static readonly LayerKind Description = new("UnitNormalization", "unit_normalization", static arguments =>
        new UnitNormalizationLayer(arguments.Position, arguments.Name, NormalizedAxes.Read(arguments)));

    protected override Inference Infer(Shape input) => Axes.Check(this, input) is Problem problem ? problem : input;

    public override bool KeepsMask => true;

    public override string? StreamObstacle(IReadOnlyList<Shape> inputs) => Axes.StreamObstacle(inputs[0]);

    protected override Op Lower(LayerBuilder builder, Op x) => Axes.Apply(
        builder, x, value => builder.Add(new UnitNormalizeOp(LeastLength), value.Shape, "Forward", value));
}
