namespace Unroll;

/// <summary>Sums of products of two values along an axis of each: <c>y[i, j] = Σₖ a[i, k]·b[j, k]</c> where both sum along their last.</summary>
/// <remarks>
/// Inputs have one or two axes. Output shape: the axes of the first that are not summed along, then those of the second; [1] where none is left. No parameters. Definition: <c>keras.layers.Dot</c> (Keras 3). Unnamed layers are called <c>dot1</c>, <c>dot2</c>.
/// </remarks>
/// <example>
/// <code>
/// [Network(16)]
/// [Dense(8, Activation.Relu, Name = "left")]
/// [Dense(8, Activation.Tanh, From = "input", Name = "right")]
/// [Dot("left", "right")]     // [1]
/// </code>
/// </example>
/// <param name="inputs">The names of two layers or inputs above; <c>""</c> is the one directly above, or that of <see cref="LayerAttribute.From"/>.</param>
public sealed class DotAttribute(params string[] inputs) : LayerAttribute
{
    /// <summary>The names of what is merged.</summary>
    public IReadOnlyList<string> Inputs { get; } = inputs;

    /// <summary>
    /// The axis to sum along, or one for each input: counted from 1, the batch axis being 0, or from the end below 0, as Keras does.
    /// Default: −1, the last of both.
    /// </summary>
    public int[] Axes { get; set; } = [-1];

    /// <summary>Whether both are divided by their length along the axis first, so that y is a cosine. Default: false.</summary>
    public bool Normalize { get; set; }
}
