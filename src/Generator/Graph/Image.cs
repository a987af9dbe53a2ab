using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>A value as rows of pixels, each a vector of channels; a signal is an image of one row.</summary>
internal readonly record struct Image(int Rows, int Columns, int Channels)
{
    public int Pixels => Rows * Columns;

    public static Image Of(Shape shape) => shape.Rank switch
    {
        2 => new Image(1, shape[0], shape[1]),
        3 => new Image(shape[0], shape[1], shape[2]),
        _ => throw new InvalidOperationException($"{shape} is no image"),
    };

    /// <summary>This image as a shape of as many axes as another.</summary>
    public Shape Like(Shape shape) => shape.Rank == 2 ? Shape.Of(Columns, Channels) : Shape.Of(Rows, Columns, Channels);
}
