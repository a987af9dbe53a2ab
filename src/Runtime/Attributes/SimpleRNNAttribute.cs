namespace Unroll;

/// <summary>A fully connected recurrent layer: <c>hₜ = activation(xₜ·kernel + hₜ₋₁·recurrent_kernel + bias)</c>.</summary>
/// <remarks>
/// <para>Input <c>[steps, features]</c>, output <c>[units]</c>, or <c>[steps, units]</c> with <see cref="RecurrentAttribute.ReturnSequences"/>; the state is 0 before the first step.
/// Parameters: <c>kernel</c> [features, units], <c>recurrent_kernel</c> [units, units] and <c>bias</c> [units].</para>
/// <para>Definition and defaults are those of <c>keras.layers.SimpleRNN</c> (Keras 3).</para>
/// </remarks>
/// <example>
/// <code>
/// [SimpleRNN(16)]     // 28 × 8 → 16: 8·16 + 16·16 + 16 parameters
/// </code>
/// </example>
/// <param name="units">The size of the state, at least 1.</param>
public sealed class SimpleRNNAttribute(int units) : RecurrentAttribute(units);
