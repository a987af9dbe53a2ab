using Unroll.Generator.Graph;

namespace Unroll.Generator.Layers;

/// <summary>Images turned about their centres by parts of a full turn.</summary>
internal sealed record RandomRotationLayer(int Position, string Name, ImageMotion Motion) : RandomMotionLayer(Position, Name, Motion)
{
    public static readonly LayerKind Description = new("RandomRotation", "random_rotation", static arguments => new RandomRotationLayer(
        arguments.Position, arguments.Name, Read(arguments, "Rotation", arguments.Span("factor", NumberRange.ToOneEitherWay), default)));
}
