namespace Unroll;

/// <summary>Keeps the middle of an image.</summary>
/// <remarks>
/// Input <c>[rows, columns, channels]</c>, output <c>[height, width, channels]</c>: <c>y[i, j] = x[(rows − height)/2 + i, (columns − width)/2 + j]</c>,
/// halves rounded down. No parameters. Definition: <c>keras.layers.CenterCrop</c> (Keras 3), channels last; where that makes an image larger
/// first, because it is smaller than what is to be kept, this is an error.
/// </remarks>
/// <example>
/// <code>
/// [CenterCrop(24, 24)]     // 28 × 28 × 1 → 24 × 24 × 1, from row and column 2 on
/// </code>
/// </example>
/// <param name="height">The rows to keep, at least 1 and at most those of the input.</param>
/// <param name="width">The columns to keep, at least 1 and at most those of the input.</param>
public sealed class CenterCropAttribute(int height, int width) : LayerAttribute
{
    /// <summary>The rows to keep.</summary>
    public int Height { get; } = height;

    /// <summary>The columns to keep.</summary>
    public int Width { get; } = width;
}
