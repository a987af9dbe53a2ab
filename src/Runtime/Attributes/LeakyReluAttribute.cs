namespace Unroll;

/// <summary>Leaky rectifier (Maas et al., 2013): <c>y = x</c> for positive x, else <c>slope·x</c>.</summary>
/// <remarks>
/// Output shape: the input's. No parameters. Definition and default are those of the layer <c>keras.layers.LeakyReLU</c> (Keras 3); the
/// function, <see cref="Activation.LeakyRelu"/>, has the slope 0.2. Unnamed layers are called <c>leaky_relu1</c>, <c>leaky_relu2</c>.
/// </remarks>
/// <example>
/// <code>
/// [Dense(64)]
/// [LeakyRelu(0.1f)]
/// </code>
/// </example>
/// <param name="slope">The slope below 0; finite and at least 0. Default: 0.3.</param>
public sealed class LeakyReluAttribute(float slope = 0.3f) : LayerAttribute
{
    /// <summary>The slope below 0.</summary>
    public float Slope { get; } = slope;
}
