namespace Unroll;

/// <summary>Adds rows and columns of zeros around an image.</summary>
/// <remarks>
/// Input <c>[rows, columns, channels]</c>, output <c>[top + rows + bottom, left + columns + right, channels]</c>. No parameters. Definition and defaults:
/// <c>keras.layers.ZeroPadding2D</c> (Keras 3), channels last.
/// </remarks>
/// <example>
/// <code>
/// [ZeroPadding2D(2)]     // 28 × 28 × 1 → 32 × 32 × 1
/// </code>
/// </example>
public sealed class ZeroPadding2DAttribute : LayerAttribute
{
    /// <summary>The same on all four sides.</summary>
    /// <param name="padding">Rows and columns added on each side, at least 0. Default: 1.</param>
    public ZeroPadding2DAttribute(int padding = 1)
        : this([padding])
    {
    }

    /// <summary>Different numbers for axes or sides.</summary>
    /// <param name="padding">One number for all sides; rows before and after, and columns; or top, bottom, left and right.</param>
    public ZeroPadding2DAttribute(int[] padding)
    {
        Padding = padding;
    }

    /// <summary>Rows and columns added: one number for all sides, one for each axis, or top, bottom, left and right.</summary>
    public int[] Padding { get; }
}
