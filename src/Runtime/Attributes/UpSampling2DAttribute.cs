namespace Unroll;

/// <summary>An image whole factors larger.</summary>
/// <remarks>
/// Input <c>[rows, columns, channels]</c>, output <c>[rows·size, columns·size, channels]</c>. No parameters. Definition and defaults: <c>keras.layers.UpSampling2D</c> (Keras 3),
/// channels last, without its cubic interpolations.
/// </remarks>
/// <example>
/// <code>
/// [UpSampling2D(2, Interpolation = Interpolation.Bilinear)]     // 14 × 14 × 8 → 28 × 28 × 8
/// </code>
/// </example>
public sealed class UpSampling2DAttribute : LayerAttribute
{
    /// <summary>The same factor for both axes.</summary>
    /// <param name="size">The factor, at least 1. Default: 2.</param>
    public UpSampling2DAttribute(int size = 2)
        : this([size])
    {
    }

    /// <summary>A factor for each axis.</summary>
    /// <param name="size">The factors of rows and columns, at least 1; one number stands for both.</param>
    public UpSampling2DAttribute(int[] size)
    {
        Size = size;
    }

    /// <summary>The factors of rows and columns; one number stands for both.</summary>
    public int[] Size { get; }

    /// <summary>How the new pixels are computed. Default: <see cref="Interpolation.Nearest"/>.</summary>
    public Interpolation Interpolation { get; set; }
}
