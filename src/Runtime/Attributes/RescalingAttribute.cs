namespace Unroll;

/// <summary><c>y = scale·x + offset</c>, value by value.</summary>
/// <remarks>
/// Output shape: the input's. No parameters. Definition: <c>keras.layers.Rescaling</c> (Keras 3). Unnamed layers are called
/// <c>rescaling1</c>, <c>rescaling2</c>.
/// </remarks>
/// <example>
/// <code>
/// [Rescaling(1f / 127.5f, -1f)]     // 0..255 → −1..1
/// </code>
/// </example>
/// <param name="scale">Multiplies every value; finite.</param>
/// <param name="offset">Added to every product; finite. Default: 0.</param>
public sealed class RescalingAttribute(float scale, float offset = 0f) : LayerAttribute
{
    /// <summary>Multiplies every value.</summary>
    public float Scale { get; } = scale;

    /// <summary>Added to every product.</summary>
    public float Offset { get; } = offset;
}
