namespace Unroll;

/// <summary>The axes in another order: <c>[Permute(2, 1)]</c> turns <c>[rows, columns]</c> into <c>[columns, rows]</c>.</summary>
/// <remarks>
/// Axis i of the output is axis <c>dims[i]</c> of the input. No parameters. Definition: <c>keras.layers.Permute</c> (Keras 3). Unnamed layers
/// are called <c>permute1</c>, <c>permute2</c>.
/// </remarks>
/// <example>
/// <code>
/// [Network(10, 64)]
/// [Permute(2, 1)]     // [64, 10]
/// </code>
/// </example>
/// <param name="dims">Every axis of the input once, counted from 1 as Keras does; the batch axis, 0, is left out.</param>
public sealed class PermuteAttribute(params int[] dims) : LayerAttribute
{
    /// <summary>The input's axes, counted from 1, in their new order.</summary>
    public IReadOnlyList<int> Dims { get; } = dims;
}
