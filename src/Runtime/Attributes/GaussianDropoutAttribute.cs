namespace Unroll;

/// <summary>
/// Multiplicative noise: in training <c>y = x·n</c>, n normal with mean 1 and variance <c>rate/(1 − rate)</c>, that of <see cref="DropoutAttribute"/>
/// at the same rate; otherwise <c>y = x</c>.
/// </summary>
/// <remarks>
/// Output shape: the input's. No parameters. Definition: <c>keras.layers.GaussianDropout</c> (Keras 3; Srivastava et al., 2014), except that a
/// rate of 1, whose variance is infinite, is refused. Unnamed layers are called <c>gaussian_dropout1</c>, <c>gaussian_dropout2</c>.
/// </remarks>
/// <example>
/// <code>
/// [GaussianDropout(0.2f)]
/// </code>
/// </example>
/// <param name="rate">The drop rate to imitate, in [0, 1).</param>
public sealed class GaussianDropoutAttribute(float rate) : LayerAttribute
{
    /// <summary>The drop rate imitated.</summary>
    public float Rate { get; } = rate;
}
