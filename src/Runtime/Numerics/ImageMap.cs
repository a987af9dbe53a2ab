using System.ComponentModel;

namespace Unroll.Numerics;

/// <summary>Where the pixels of an image come from: pixel (i, j) is the image it is made of at row a·i + b·j + c and column d·i + e·j + f.</summary>
/// <remarks>Whole numbers are the centres of pixels. Definitions: the layers of the same names in <c>keras.layers</c> (Keras 3).</remarks>
/// <param name="RowByRow">a.</param>
/// <param name="RowByColumn">b.</param>
/// <param name="FirstRow">c.</param>
/// <param name="ColumnByRow">d.</param>
/// <param name="ColumnByColumn">e.</param>
/// <param name="FirstColumn">f.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct ImageMap(
    double RowByRow, double RowByColumn, double FirstRow, double ColumnByRow, double ColumnByColumn, double FirstColumn)
{
    /// <summary>Row and column by factors about the centre of an image, each for itself.</summary>
    internal static ImageMap Scaled(double byRows, double byColumns, int rows, int columns) =>
        new(byRows, 0, (rows - 1) / 2.0 * (1 - byRows), 0, byColumns, (columns - 1) / 2.0 * (1 - byColumns));
}

/// <summary>A kind of map, as two numbers that are drawn make it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IImageMotion
{
    /// <summary>The map of an image of this size.</summary>
    static abstract ImageMap MapOf(double first, double second, int rows, int columns);
}

/// <summary>Turned over, right to left, where the first number is below ½.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct HorizontalFlip : IImageMotion
{
    /// <inheritdoc/>
    public static ImageMap MapOf(double first, double second, int rows, int columns) => ImageMap.Scaled(1, first < 0.5 ? -1 : 1, rows, columns);
}

/// <summary>Turned over, bottom to top, where the first number is below ½.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct VerticalFlip : IImageMotion
{
    /// <inheritdoc/>
    public static ImageMap MapOf(double first, double second, int rows, int columns) => ImageMap.Scaled(first < 0.5 ? -1 : 1, 1, rows, columns);
}

/// <summary>Turned over along both axes where the first number is below ½.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct HorizontalAndVerticalFlip : IImageMotion
{
    /// <inheritdoc/>
    public static ImageMap MapOf(double first, double second, int rows, int columns)
    {
        int sign = first < 0.5 ? -1 : 1;
        return ImageMap.Scaled(sign, sign, rows, columns);
    }
}

/// <summary>Moved down by the first number of heights and to the right by the second number of widths.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Translation : IImageMotion
{
    /// <inheritdoc/>
    public static ImageMap MapOf(double first, double second, int rows, int columns) => new(1, 0, -first * rows, 0, 1, -second * columns);
}

/// <summary>Turned counter-clockwise about its centre by the first number of full turns.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Rotation : IImageMotion
{
    /// <inheritdoc/>
    public static ImageMap MapOf(double first, double second, int rows, int columns)
    {
        // By this function a quarter of a turn is exact.
        (double sin, double cos) = double.SinCosPi(2 * first);
        double row = (rows - 1) / 2.0;
        double column = (columns - 1) / 2.0;
        return new ImageMap(cos, sin, row - (cos * row) - (sin * column), -sin, cos, column + (sin * row) - (cos * column));
    }
}

/// <summary>Shows 1 + the first number of its height about its centre, and 1 + the second of its width.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Zoom : IImageMotion
{
    /// <inheritdoc/>
    public static ImageMap MapOf(double first, double second, int rows, int columns) => ImageMap.Scaled(1 + first, 1 + second, rows, columns);
}

/// <summary>The same along both axes, by the first number.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct EvenZoom : IImageMotion
{
    /// <inheritdoc/>
    public static ImageMap MapOf(double first, double second, int rows, int columns) => ImageMap.Scaled(1 + first, 1 + first, rows, columns);
}
