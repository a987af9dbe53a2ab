namespace Unroll;

/// <summary>Long short-term memory: <c>cₜ = f·cₜ₋₁ + i·c̃</c>, <c>hₜ = o·activation(cₜ)</c>.</summary>
/// <remarks>
/// <para>The gates <c>i, f, o = recurrentActivation(xₜ·kernel + hₜ₋₁·recurrent_kernel + bias)</c> and the candidate
/// <c>c̃ = activation(the same)</c> have each their own columns, in the order i, f, c̃, o.</para>
/// <para>Input <c>[steps, features]</c>, output <c>[units]</c>, or <c>[steps, units]</c> with <see cref="RecurrentAttribute.ReturnSequences"/>; the state is 0 before the first step.
/// Parameters: <c>kernel</c> [features, 4·units], <c>recurrent_kernel</c> [units, 4·units] and <c>bias</c> [4·units].</para>
/// <para>Definition and defaults are those of <c>keras.layers.LSTM</c> (Keras 3).</para>
/// </remarks>
/// <example>
/// <code>
/// [LSTM(32)]     // 28 × 8 → 32: 4·32·(8 + 32 + 1) parameters
/// </code>
/// </example>
/// <param name="units">The size of the state, at least 1.</param>
public sealed class LSTMAttribute(int units) : RecurrentAttribute(units)
{
    /// <summary>The function of the gates. Default: <see cref="Activation.Sigmoid"/>. No softmax.</summary>
    public Activation RecurrentActivation { get; set; } = Activation.Sigmoid;

    /// <summary>Whether the bias of the forget gate starts at 1, whatever <see cref="RecurrentAttribute.BiasInitializer"/> is; an error without a bias. Default: true.</summary>
    public bool UnitForgetBias { get; set; } = true;
}
