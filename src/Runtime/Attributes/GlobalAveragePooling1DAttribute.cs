namespace Unroll;

/// <summary>The mean of each channel over all steps.</summary>
/// <remarks>
/// Input <c>[steps, channels]</c>, output <c>[channels]</c>, or <c>[1, channels]</c> with <see cref="KeepDims"/>. No parameters.
/// Definition and defaults: <c>keras.layers.GlobalAveragePooling1D</c> (Keras 3), channels last.
/// </remarks>
/// <example>
/// <code>
/// [GlobalAveragePooling1D]     // 128 × 64 → 64
/// </code>
/// </example>
public sealed class GlobalAveragePooling1DAttribute : LayerAttribute
{
    /// <summary>Whether the axes stay, with a size of 1. Default: false.</summary>
    public bool KeepDims { get; set; }
}
