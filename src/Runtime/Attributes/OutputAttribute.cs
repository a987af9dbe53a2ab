namespace Unroll;

/// <summary>Makes the value of the layer above an output of the network. Without any, the last layer is the one output, called <c>output</c>.</summary>
/// <remarks>
/// A network of several outputs has a loss for each: <c>Compile(optimizer, losses: [...], lossWeights: [...], metrics: [...])</c>, in the
/// order of declaration. Layers below may go on from the same layer.
/// </remarks>
/// <example><code>
/// [Network(20)]
/// [Dense(32, Activation.Relu, Name = "both")]
/// [Dense(10, Activation.Softmax)] [Output("digit")]
/// [Dense(1, Activation.Sigmoid, From = "both")] [Output("even")]
/// public sealed partial class TwoHeads;
/// </code></example>
/// <param name="name">Its name, which begins the history's keys: <c>digit_loss</c>. Letters, digits and underscores.</param>
public sealed class OutputAttribute(string name) : NetworkPartAttribute
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;
}
