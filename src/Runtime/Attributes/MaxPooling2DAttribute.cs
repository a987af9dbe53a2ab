namespace Unroll;

/// <summary>The greatest value of each channel under a window.</summary>
/// <remarks>
/// Input <c>[rows, columns, channels]</c>, output <c>[rows′, columns′, channels]</c>: along each axis a window of k that moves in steps of s has
/// ⌊(n − k)/s⌋ + 1 positions (<see cref="Padding.Valid"/>) or ⌈n/s⌉ (<see cref="Padding.Same"/>). What it has beyond the edges does not
/// count. The gradient goes to the first of equal values, rows first. No parameters. Definition and defaults:
/// <c>keras.layers.MaxPooling2D</c> (Keras 3), channels last.
/// </remarks>
/// <example>
/// <code>
/// [MaxPooling2D(2)]     // 26 × 26 × 32 → 13 × 13 × 32
/// </code>
/// </example>
public sealed class MaxPooling2DAttribute : LayerAttribute
{
    /// <summary>A window as long as wide.</summary>
    /// <param name="poolSize">The rows and columns of the window, at least 1. Default: 2.</param>
    public MaxPooling2DAttribute(int poolSize = 2)
        : this([poolSize])
    {
    }

    /// <summary>A window of any size.</summary>
    /// <param name="poolSize">The rows and columns of the window, at least 1; one number stands for both.</param>
    public MaxPooling2DAttribute(int[] poolSize)
    {
        PoolSize = poolSize;
    }

    /// <summary>The rows and columns of the window; one number stands for both.</summary>
    public int[] PoolSize { get; }

    /// <summary>How far the window moves along each axis, at least 1; one number stands for both. Default: the window's size.</summary>
    public int[]? Strides { get; set; }

    /// <summary>What the window finds beyond the edges. Default: <see cref="Padding.Valid"/>.</summary>
    public Padding Padding { get; set; }
}
