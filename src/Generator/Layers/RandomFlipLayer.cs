using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>Every other image turned over.</summary>
internal sealed record RandomFlipLayer(int Position, string Name, ImageMotion Motion) : RandomMotionLayer(Position, Name, Motion)
{
    public static readonly LayerKind Description = new("RandomFlip", "random_flip", static arguments => new RandomFlipLayer(
        arguments.Position, arguments.Name, MotionOf(arguments.Enum("mode", FlipMode.HorizontalAndVertical))));

    // Pixels fall on pixels.
    public static ImageMotion MotionOf(FlipMode mode) =>
        new($"{mode}Flip", new NumberSpan(0f, 1f), default, FillMode.Reflect, Interpolation.Nearest, FillValue: 0f);
}
