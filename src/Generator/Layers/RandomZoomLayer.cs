using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>Images that show more or less of their height and width about their centres.</summary>
internal sealed record RandomZoomLayer(int Position, string Name, ImageMotion Motion) : RandomMotionLayer(Position, Name, Motion)
{
    public static readonly LayerKind Description = new("RandomZoom", "random_zoom", static arguments => new RandomZoomLayer(
        arguments.Position, arguments.Name, Read(arguments)));

    private static ImageMotion Read(LayerArguments arguments)
    {
        NumberSpan height = arguments.Span("heightFactor", NumberRange.AboveMinusOneToOne);
        return arguments.HasSpan("widthFactor")
            ? Read(arguments, "Zoom", height, arguments.Span("widthFactor", NumberRange.AboveMinusOneToOne))
            : Read(arguments, "EvenZoom", height, default);
    }
}
