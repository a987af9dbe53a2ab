using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>Rows and columns of zeros around an image.</summary>
internal readonly record struct Margins(int Top, int Bottom, int Left, int Right)
{
    public bool IsEmpty => this == default;

    public string Text => $"among {NumberText.Of(Top)} + {NumberText.Of(Bottom)} rows and {NumberText.Of(Left)} + {NumberText.Of(Right)} columns of zeros";

    /// <summary>The rows at the top and at the bottom of a value that are known to be 0.</summary>
    public static (int Top, int Bottom) ZeroRows(OpGraph graph, Op value) => value.Kind switch
    {
        ImageOp image => (image.Margins.Top, image.Margins.Bottom),
        PlaceOp place => (place.Rows.Before, Image.Of(value.Shape).Rows - place.Rows.End(Image.Of(graph[value.Inputs[0]].Shape).Rows)),
        _ => (0, 0),
    };

    /// <summary>The image inside, of an image that has these margins.</summary>
    public Image Inside(Image image) => image with { Rows = image.Rows - Top - Bottom, Columns = image.Columns - Left - Right };
}

/// <summary>A convolution, whose result lies among zeros where it has margins: then its shape includes them.</summary>
internal abstract record ImageOp(EquatableArray<ElementwiseStep> Steps) : FusableOp(Steps)
{
    public override IEnumerable<string?> Details => [Margins.IsEmpty ? null : Margins.Text, .. base.Details];

    public Margins Margins { get; init; }

    public override int OwnInputs => 2;
}
