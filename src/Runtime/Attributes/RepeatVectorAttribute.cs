namespace Unroll;

/// <summary>Repeats a vector: <c>[features]</c> becomes <c>[n, features]</c>, each row the input.</summary>
/// <remarks>
/// The input has one axis. No parameters. Definition: <c>keras.layers.RepeatVector</c> (Keras 3). Unnamed layers are called
/// <c>repeat_vector1</c>, <c>repeat_vector2</c>.
/// </remarks>
/// <example>
/// <code>
/// [Network(32)]
/// [RepeatVector(3)]     // [3, 32]
/// </code>
/// </example>
/// <param name="n">How many rows, at least 1.</param>
public sealed class RepeatVectorAttribute(int n) : LayerAttribute
{
    /// <summary>How many rows.</summary>
    public int N { get; } = n;
}
