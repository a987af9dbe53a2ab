namespace Unroll;

/// <summary>Masks steps of a sequence: those all of whose features are <c>maskValue</c>.</summary>
/// <remarks>
/// <para>Input and output <c>[steps, features]</c>; what is masked comes out as 0. Recurrent layers behind it pass over masked steps, their state carried on and their
/// output repeated; means over steps leave them out. The mask goes on through every layer that keeps steps: dense layers, activations,
/// dropout, normalizations, sums of values, recurrent layers that return sequences.</para>
/// <para>Definition and default are those of <c>keras.layers.Masking</c> (Keras 3).</para>
/// </remarks>
/// <example>
/// <code>
/// [Network(80, 6)]
/// [Masking(-1f)]
/// [LSTM(32)]
/// </code>
/// </example>
/// <param name="maskValue">What every feature of a masked step is. Default: 0.</param>
public sealed class MaskingAttribute(float maskValue = 0f) : LayerAttribute
{
    /// <summary>What every feature of a masked step is.</summary>
    public float MaskValue { get; } = maskValue;
}
