namespace Unroll;

/// <summary>The product of several values, element by element: <c>y = a·b·…</c>.</summary>
/// <remarks>
/// Shapes are equal, or meet from the last axis to the first: axes of size 1 and missing first axes are repeated. No parameters. Definition: <c>keras.layers.Multiply</c> (Keras 3). Unnamed layers are called <c>multiply1</c>, <c>multiply2</c>.
/// </remarks>
/// <example>
/// <code>
/// [Network(16)]
/// [Dense(8, Activation.Relu, Name = "left")]
/// [Dense(8, Activation.Tanh, From = "input", Name = "right")]
/// [Multiply("left", "right")]     // [8]
/// </code>
/// </example>
/// <param name="inputs">The names of two or more layers or inputs above; <c>""</c> is the one directly above, or that of <see cref="LayerAttribute.From"/>.</param>
public sealed class MultiplyAttribute(params string[] inputs) : LayerAttribute
{
    /// <summary>The names of what is merged.</summary>
    public IReadOnlyList<string> Inputs { get; } = inputs;
}
