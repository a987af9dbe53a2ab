namespace Unroll;

/// <summary>A gated recurrent unit: <c>hₜ = z·hₜ₋₁ + (1 − z)·h̃</c>.</summary>
/// <remarks>
/// <para>The gates <c>z, r = recurrentActivation(xₜ·kernel + hₜ₋₁·recurrent_kernel + bias)</c>; the candidate
/// <c>h̃ = activation(xₜ·kernel + b₀ + r·(hₜ₋₁·recurrent_kernel + b₁))</c> or, without <see cref="ResetAfter"/>,
/// <c>activation(xₜ·kernel + b + (r·hₜ₋₁)·recurrent_kernel)</c>. Each has its own columns, in the order z, r, h̃.</para>
/// <para>Input <c>[steps, features]</c>, output <c>[units]</c>, or <c>[steps, units]</c> with <see cref="RecurrentAttribute.ReturnSequences"/>; the state is 0 before the first step.
/// Parameters: <c>kernel</c> [features, 3·units], <c>recurrent_kernel</c> [units, 3·units] and <c>bias</c> [2, 3·units], without <see cref="ResetAfter"/> [3·units].</para>
/// <para>Definition and defaults are those of <c>keras.layers.GRU</c> (Keras 3).</para>
/// </remarks>
/// <example>
/// <code>
/// [GRU(64)]     // 64 × 8 → 64: 3·64·(8 + 64 + 2) parameters
/// </code>
/// </example>
/// <param name="units">The size of the state, at least 1.</param>
public sealed class GRUAttribute(int units) : RecurrentAttribute(units)
{
    /// <summary>The function of the gates. Default: <see cref="Activation.Sigmoid"/>. No softmax.</summary>
    public Activation RecurrentActivation { get; set; } = Activation.Sigmoid;

    /// <summary>Whether the reset gate works on the product of the state, which then has a bias of its own, or on the state before it. Default: true.</summary>
    public bool ResetAfter { get; set; } = true;
}
