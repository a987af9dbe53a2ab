namespace Unroll;

/// <summary>Declares one of several inputs of a network, whose <c>[Network]</c> then gives no shape.</summary>
/// <remarks>
/// Layers read it by <see cref="LayerAttribute.From"/>, merges by name; the layer directly below it reads it where it says nothing else.
/// <c>Predict</c> takes the inputs in the order of their declaration, under their names.
/// </remarks>
/// <example><code>
/// [Network]
/// [Input("image", 28, 28)]
/// [Input("meta", 5)]
/// [Flatten(From = "image")] [Dense(32, Activation.Relu, Name = "seen")]
/// [Dense(8, Activation.Relu, From = "meta", Name = "told")]
/// [Concatenate("seen", "told")]
/// [Dense(10, Activation.Softmax)]
/// public sealed partial class Reader;
/// </code></example>
/// <param name="name">Its name: letters, digits and underscores, different from those of all layers and inputs.</param>
/// <param name="shape">The shape of one sample, the batch axis left out.</param>
public sealed class InputAttribute(string name, params int[] shape) : NetworkPartAttribute
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>The shape of one sample.</summary>
    public IReadOnlyList<int> Shape { get; } = shape;
}
