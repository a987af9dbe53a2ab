namespace Unroll;

/// <summary>Standardizes the data: <c>y = (x − mean)/max(√variance, 1e-7)</c> for each unit of the last axis.</summary>
/// <remarks>
/// Input and output <c>[..., units]</c>. The difference is taken first, so that a mean far above the deviation costs no digits.
/// <c>mean</c> (starts at 0) and <c>variance</c> (starts at 1), each [units], are measured on data before
/// training and are not trained. Definition: <c>keras.layers.Normalization</c> (Keras 3) with its axis −1. Unnamed layers are called
/// <c>normalization1</c>, <c>normalization2</c>.
/// </remarks>
/// <example>
/// <code>
/// [Network(11)]
/// [Normalization]
/// [Dense(64, Activation.Relu)]
/// [Dense(1)]
/// public sealed partial class WineQuality;
/// </code>
/// </example>
public sealed class NormalizationAttribute : LayerAttribute;
