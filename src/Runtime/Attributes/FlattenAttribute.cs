namespace Unroll;

/// <summary>Joins all axes into one, row-major: <c>[28, 28]</c> becomes <c>[784]</c>.</summary>
/// <remarks>The values stay where they are, so the layer costs nothing at run time. No parameters. Definition: <c>keras.layers.Flatten</c> (Keras 3).</remarks>
/// <example>
/// <code>
/// [Network(28, 28)]
/// [Flatten]
/// [Dense(10)]
/// public sealed partial class Digits;
/// </code>
/// </example>
public sealed class FlattenAttribute : LayerAttribute;
