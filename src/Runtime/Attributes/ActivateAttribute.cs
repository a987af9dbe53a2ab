namespace Unroll;

/// <summary>An activation as a layer of its own: <c>y = activation(x)</c>, value by value; softmax over the last axis.</summary>
/// <remarks>
/// <para>Output shape: the input's. No parameters. Definition: <c>keras.layers.Activation</c> (Keras 3). A Dense layer takes its activation as
/// an argument; this layer is for where another layer stands between the two, and for functions with a coefficient.</para>
/// <para>A coefficient can be given only to a function that has it.</para>
/// </remarks>
/// <example>
/// <code>
/// [Activate(Activation.Elu, Alpha = 0.5f)]
/// </code>
/// </example>
/// <param name="activation">The function to apply.</param>
public sealed class ActivateAttribute(Activation activation) : LayerAttribute
{
    /// <summary>The function applied.</summary>
    public Activation Activation { get; } = activation;

    /// <summary>α of <see cref="Activation.Elu"/>, at least 0, and of <see cref="Activation.Celu"/>, above 0. Default: 1.</summary>
    public float Alpha { get; set; } = 1f;

    /// <summary>The slope below 0 of <see cref="Activation.LeakyRelu"/>, at least 0. Default: 0.2.</summary>
    public float NegativeSlope { get; set; } = 0.2f;

    /// <summary>λ of <see cref="Activation.SoftShrink"/> and <see cref="Activation.HardShrink"/>, at least 0. Default: 0.5.</summary>
    public float Lambda { get; set; } = 0.5f;

    /// <summary>θ of <see cref="Activation.ThresholdedRelu"/>, at least 0. Default: 1.</summary>
    public float Theta { get; set; } = 1f;

    /// <summary>b of <see cref="Activation.Squareplus"/>, above 0. Default: 4.</summary>
    public float B { get; set; } = 4f;
}
