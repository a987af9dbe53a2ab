namespace Unroll;

/// <summary>
/// Dropout for <see cref="Activation.Selu"/>: in training values become <c>α' = −1.7580993</c> with probability <c>rate</c>, and all go through
/// <c>y = a·x + b</c>, which keeps mean 0 and variance 1; otherwise <c>y = x</c>.
/// </summary>
/// <remarks>
/// <c>a = 1/√((1 − rate)·(1 + rate·α'²))</c>, <c>b = −a·α'·rate</c>. Output shape: the input's. No parameters. Definition:
/// <c>keras.layers.AlphaDropout</c> (Keras 3; Klambauer et al., 2017), except that a rate of 1, which would drop every value, is refused.
/// Unnamed layers are called <c>alpha_dropout1</c>, <c>alpha_dropout2</c>.
/// </remarks>
/// <example>
/// <code>
/// [Dense(64, Activation.Selu, KernelInitializer = Initializer.LecunNormal)]
/// [AlphaDropout(0.1f)]
/// </code>
/// </example>
/// <param name="rate">The share of values to drop, in [0, 1).</param>
public sealed class AlphaDropoutAttribute(float rate) : LayerAttribute
{
    /// <summary>The share of values dropped in training.</summary>
    public float Rate { get; } = rate;
}
