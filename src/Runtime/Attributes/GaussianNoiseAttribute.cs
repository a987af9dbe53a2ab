namespace Unroll;

/// <summary>Additive noise: in training <c>y = x + n</c>, n normal with mean 0 and standard deviation <c>stddev</c>; otherwise <c>y = x</c>.</summary>
/// <remarks>
/// Output shape: the input's. No parameters. Definition: <c>keras.layers.GaussianNoise</c> (Keras 3), which also takes no deviation beyond 1.
/// Unnamed layers are called <c>gaussian_noise1</c>, <c>gaussian_noise2</c>.
/// </remarks>
/// <example>
/// <code>
/// [GaussianNoise(0.1f)]
/// </code>
/// </example>
/// <param name="stddev">The noise's standard deviation, in [0, 1].</param>
public sealed class GaussianNoiseAttribute(float stddev) : LayerAttribute
{
    /// <summary>The noise's standard deviation.</summary>
    public float StandardDeviation { get; } = stddev;
}
