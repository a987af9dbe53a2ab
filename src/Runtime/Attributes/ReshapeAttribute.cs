namespace Unroll;

/// <summary>The same values, row-major, in another shape: <c>[784]</c> becomes <c>[28, 28]</c>.</summary>
/// <remarks>
/// Output shape: the given one, with one −1 replaced by the size that makes both hold the same number of values. No parameters. Definition:
/// <c>keras.layers.Reshape</c> (Keras 3). Unnamed layers are called <c>reshape1</c>, <c>reshape2</c>.
/// </remarks>
/// <example>
/// <code>
/// [Network(28, 28)]
/// [Reshape(-1, 7)]     // [112, 7]
/// </code>
/// </example>
/// <param name="shape">The new sizes, batch axis left out, each at least 1; one may be −1.</param>
public sealed class ReshapeAttribute(params int[] shape) : LayerAttribute
{
    /// <summary>The new sizes, batch axis left out.</summary>
    public IReadOnlyList<int> Shape { get; } = shape;
}
