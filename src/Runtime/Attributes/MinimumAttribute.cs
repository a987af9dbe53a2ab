namespace Unroll;

/// <summary>The smallest of several values, element by element: <c>y = min(a, b, …)</c>.</summary>
/// <remarks>
/// Shapes are equal, or meet from the last axis to the first: axes of size 1 and missing first axes are repeated. Where two are equal, each receives half of the gradient. No parameters. Definition: <c>keras.layers.Minimum</c> (Keras 3). Unnamed layers are called <c>minimum1</c>, <c>minimum2</c>.
/// </remarks>
/// <example>
/// <code>
/// [Network(16)]
/// [Dense(8, Activation.Relu, Name = "left")]
/// [Dense(8, Activation.Tanh, From = "input", Name = "right")]
/// [Minimum("left", "right")]     // [8]
/// </code>
/// </example>
/// <param name="inputs">The names of two or more layers or inputs above; <c>""</c> is the one directly above, or that of <see cref="LayerAttribute.From"/>.</param>
public sealed class MinimumAttribute(params string[] inputs) : LayerAttribute
{
    /// <summary>The names of what is merged.</summary>
    public IReadOnlyList<string> Inputs { get; } = inputs;
}
