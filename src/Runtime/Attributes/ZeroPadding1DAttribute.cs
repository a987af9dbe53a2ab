namespace Unroll;

/// <summary>Adds rows of zeros before and after a sequence: <c>[steps, features]</c> becomes <c>[left + steps + right, features]</c>.</summary>
/// <remarks>
/// y[t] = x[t − left] where 0 ≤ t − left &lt; steps, else 0. The input has two axes. No parameters. Definition:
/// <c>keras.layers.ZeroPadding1D</c> (Keras 3), whose <c>padding</c> is (<paramref name="left"/>, <paramref name="right"/>). Unnamed layers are
/// called <c>zero_padding1d1</c>, <c>zero_padding1d2</c>.
/// </remarks>
/// <example>
/// <code>
/// [Network(10, 4)]
/// [ZeroPadding1D(2, 0)]     // [12, 4]
/// </code>
/// </example>
/// <param name="left">Rows before the first, at least 0. Default: 1.</param>
/// <param name="right">Rows after the last, at least 0. Default: 1.</param>
public sealed class ZeroPadding1DAttribute(int left = 1, int right = 1) : LayerAttribute
{
    /// <summary>Rows before the first.</summary>
    public int Left { get; } = left;

    /// <summary>Rows after the last.</summary>
    public int Right { get; } = right;
}
