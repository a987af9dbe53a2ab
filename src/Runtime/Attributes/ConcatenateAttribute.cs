namespace Unroll;

/// <summary>Several values one after another along an axis.</summary>
/// <remarks>
/// Shapes are equal but for that axis. No parameters. Definition: <c>keras.layers.Concatenate</c> (Keras 3). Unnamed layers are called <c>concatenate1</c>, <c>concatenate2</c>.
/// </remarks>
/// <example>
/// <code>
/// [Network(16)]
/// [Dense(8, Activation.Relu, Name = "left")]
/// [Dense(8, Activation.Tanh, From = "input", Name = "right")]
/// [Concatenate("left", "right")]     // [16]
/// </code>
/// </example>
/// <param name="inputs">The names of two or more layers or inputs above; <c>""</c> is the one directly above, or that of <see cref="LayerAttribute.From"/>.</param>
public sealed class ConcatenateAttribute(params string[] inputs) : LayerAttribute
{
    /// <summary>The names of what is merged.</summary>
    public IReadOnlyList<string> Inputs { get; } = inputs;

    /// <summary>
    /// The axis they are joined along: counted from 1, the batch axis being 0, or from the end below 0, as Keras does. Default: −1, the last.
    /// </summary>
    public int Axis { get; set; } = -1;
}
