namespace Unroll;

/// <summary>The mean of each channel over all pixels.</summary>
/// <remarks>
/// Input <c>[rows, columns, channels]</c>, output <c>[channels]</c>, or <c>[1, 1, channels]</c> with <see cref="KeepDims"/>. No parameters.
/// Definition and defaults: <c>keras.layers.GlobalAveragePooling2D</c> (Keras 3), channels last.
/// </remarks>
/// <example>
/// <code>
/// [GlobalAveragePooling2D]     // 7 × 7 × 64 → 64
/// </code>
/// </example>
public sealed class GlobalAveragePooling2DAttribute : LayerAttribute
{
    /// <summary>Whether the axes stay, with a size of 1. Default: false.</summary>
    public bool KeepDims { get; set; }
}
