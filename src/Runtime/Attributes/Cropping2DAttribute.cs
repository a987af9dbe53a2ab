namespace Unroll;

/// <summary>Cuts rows and columns off an image.</summary>
/// <remarks>
/// Input <c>[rows, columns, channels]</c>, output <c>[rows − top − bottom, columns − left − right, channels]</c>. No parameters. Definition and defaults:
/// <c>keras.layers.Cropping2D</c> (Keras 3), channels last.
/// </remarks>
/// <example>
/// <code>
/// [Cropping2D([1, 1, 2, 2])]     // 28 × 28 × 1 → 26 × 24 × 1
/// </code>
/// </example>
public sealed class Cropping2DAttribute : LayerAttribute
{
    /// <summary>The same on all four sides.</summary>
    /// <param name="cropping">Rows and columns cut off on each side, at least 0. Default: 0.</param>
    public Cropping2DAttribute(int cropping = 0)
        : this([cropping])
    {
    }

    /// <summary>Different numbers for axes or sides.</summary>
    /// <param name="cropping">One number for all sides; rows before and after, and columns; or top, bottom, left and right.</param>
    public Cropping2DAttribute(int[] cropping)
    {
        Cropping = cropping;
    }

    /// <summary>Rows and columns cut off: one number for all sides, one for each axis, or top, bottom, left and right.</summary>
    public int[] Cropping { get; }
}
