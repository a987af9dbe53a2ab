namespace Unroll;

/// <summary>An activation as a layer of its own: <c>y = activation(x)</c>, value by value; softmax over the last axis.</summary>
/// <remarks>
/// Output shape: the input's. No parameters. Definition: <c>keras.layers.Activation</c> (Keras 3). A Dense layer takes its activation as an
/// argument; this layer is for where another layer stands between the two.
/// </remarks>
/// <example>
/// <code>
/// [Activate(Activation.Relu)]
/// </code>
/// </example>
/// <param name="activation">The function to apply.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ActivateAttribute(Activation activation) : LayerAttribute
{
    /// <summary>The function applied.</summary>
    public Activation Activation { get; } = activation;
}
