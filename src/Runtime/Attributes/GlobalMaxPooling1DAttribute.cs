namespace Unroll;

/// <summary>The greatest value of each channel over all steps.</summary>
/// <remarks>
/// Input <c>[steps, channels]</c>, output <c>[channels]</c>, or <c>[1, channels]</c> with <see cref="KeepDims"/>. The gradient is shared among equal values. No parameters.
/// Definition and defaults: <c>keras.layers.GlobalMaxPooling1D</c> (Keras 3), channels last.
/// </remarks>
/// <example>
/// <code>
/// [GlobalMaxPooling1D]     // 128 × 64 → 64
/// </code>
/// </example>
public sealed class GlobalMaxPooling1DAttribute : LayerAttribute
{
    /// <summary>Whether the axes stay, with a size of 1. Default: false.</summary>
    public bool KeepDims { get; set; }
}
