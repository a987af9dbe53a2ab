namespace Unroll;

/// <summary>Thresholded rectifier (Konda et al., 2014): <c>y = x</c> where x &gt; θ, else 0.</summary>
/// <remarks>
/// Output shape: the input's. No parameters. Definition and default are those of <c>keras.layers.ThresholdedReLU</c> (Keras 2).
/// Unnamed layers are called <c>thresholded_relu1</c>, <c>thresholded_relu2</c>.
/// </remarks>
/// <example>
/// <code>
/// [ThresholdedRelu(0.5f)]
/// </code>
/// </example>
/// <param name="theta">The threshold θ; finite and at least 0. Default: 1.</param>
public sealed class ThresholdedReluAttribute(float theta = 1f) : LayerAttribute
{
    /// <summary>The threshold θ.</summary>
    public float Theta { get; } = theta;
}
