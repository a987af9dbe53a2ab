namespace Unroll;

/// <summary>The mean of each channel under a window.</summary>
/// <remarks>
/// Input <c>[steps, channels]</c>, output <c>[steps′, channels]</c>: along the axis a window of k that moves in steps of s has
/// ⌊(n − k)/s⌋ + 1 positions (<see cref="Padding.Valid"/>) or ⌈n/s⌉ (<see cref="Padding.Same"/>). What it has beyond the edges does not
/// count. No parameters. Definition and defaults:
/// <c>keras.layers.AveragePooling1D</c> (Keras 3), channels last.
/// </remarks>
/// <example>
/// <code>
/// [AveragePooling1D(2)]     // 128 × 32 → 64 × 32
/// </code>
/// </example>
public sealed class AveragePooling1DAttribute : LayerAttribute
{
    /// <summary>A window of one length.</summary>
    /// <param name="poolSize">The length of the window, at least 1. Default: 2.</param>
    public AveragePooling1DAttribute(int poolSize = 2)
        : this([poolSize])
    {
    }

    /// <summary>A window of any size.</summary>
    /// <param name="poolSize">The length of the window, at least 1.</param>
    public AveragePooling1DAttribute(int[] poolSize)
    {
        PoolSize = poolSize;
    }

    /// <summary>The length of the window.</summary>
    public int[] PoolSize { get; }

    /// <summary>How far the window moves along the axis, at least 1. Default: the window's size.</summary>
    public int[]? Strides { get; set; }

    /// <summary>What the window finds beyond the edges. Default: <see cref="Padding.Valid"/>.</summary>
    public Padding Padding { get; set; }
}
