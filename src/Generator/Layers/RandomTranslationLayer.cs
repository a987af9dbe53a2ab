using Unroll.Generator.Graph;

namespace Unroll.Generator.Layers;

/// <summary>Images moved down and to the right by shares of their height and width.</summary>
internal sealed record RandomTranslationLayer(int Position, string Name, ImageMotion Motion) : RandomMotionLayer(Position, Name, Motion)
{
    public static readonly LayerKind Description = new("RandomTranslation", "random_translation", static arguments => new RandomTranslationLayer(
        arguments.Position,
        arguments.Name,
        Read(
            arguments,
            "Translation",
            arguments.Span("heightFactor", NumberRange.ToOneEitherWay),
            arguments.Span("widthFactor", NumberRange.ToOneEitherWay))));
}
