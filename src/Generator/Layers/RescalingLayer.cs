using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>x·scale + offset.</summary>
internal sealed record RescalingLayer(int Position, string Name, float Scale, float Offset) : UnaryLayer(Position, Name)
{
    public static readonly LayerKind Description = new("Rescaling", "rescaling", static arguments => new RescalingLayer(
        arguments.Position,
        arguments.Name,
        arguments.Number("scale", NumberRange.Finite, fallback: 1f),
        arguments.Number("offset", NumberRange.Finite, fallback: 0f)));

    public override string? StreamObstacle(IReadOnlyList<Shape> inputs) => null;

    protected override Op Lower(LayerBuilder builder, Op x) => builder.Step(new Rescale(Scale, Offset), "Forward", x);
}
