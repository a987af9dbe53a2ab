namespace Unroll;

/// <summary>The greatest value of each channel over all pixels.</summary>
/// <remarks>
/// Input <c>[rows, columns, channels]</c>, output <c>[channels]</c>, or <c>[1, 1, channels]</c> with <see cref="KeepDims"/>. The gradient is shared among equal values. No parameters.
/// Definition and defaults: <c>keras.layers.GlobalMaxPooling2D</c> (Keras 3), channels last.
/// </remarks>
/// <example>
/// <code>
/// [GlobalMaxPooling2D]     // 7 × 7 × 64 → 64
/// </code>
/// </example>
public sealed class GlobalMaxPooling2DAttribute : LayerAttribute
{
    /// <summary>Whether the axes stay, with a size of 1. Default: false.</summary>
    public bool KeepDims { get; set; }
}
