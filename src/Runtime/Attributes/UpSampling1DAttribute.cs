namespace Unroll;

/// <summary>A signal whole factors larger.</summary>
/// <remarks>
/// Input <c>[steps, channels]</c>, output <c>[steps·size, channels]</c>. No parameters. Definition and defaults: <c>keras.layers.UpSampling1D</c> (Keras 3),
/// channels last.
/// </remarks>
/// <example>
/// <code>
/// [UpSampling1D(2)]     // 64 × 8 → 128 × 8
/// </code>
/// </example>
public sealed class UpSampling1DAttribute : LayerAttribute
{
    /// <summary>Repeats each step.</summary>
    /// <param name="size">How often, at least 1. Default: 2.</param>
    public UpSampling1DAttribute(int size = 2)
    {
        Size = size;
    }

    /// <summary>How often each step is repeated.</summary>
    public int Size { get; }
}
