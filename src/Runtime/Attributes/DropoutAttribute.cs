namespace Unroll;

/// <summary>Inverted dropout: in training <c>y = 0</c> with probability <c>rate</c>, else <c>y = x/(1 − rate)</c>; otherwise <c>y = x</c>.</summary>
/// <remarks>
/// Output shape: the input's. No parameters. The values dropped depend on the seed, the step and the position only, not on the number of
/// threads or the width of the processor's vectors. Definition: <c>keras.layers.Dropout</c> (Keras 3; Srivastava et al., 2014), except that a
/// rate of 1, which would drop every value, is refused.
/// </remarks>
/// <example>
/// <code>
/// [Dropout(0.2f)]
/// </code>
/// </example>
/// <param name="rate">The share of values to drop, in [0, 1).</param>
public sealed class DropoutAttribute(float rate) : LayerAttribute
{
    /// <summary>The share of values dropped in training.</summary>
    public float Rate { get; } = rate;
}
