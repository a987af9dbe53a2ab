namespace Unroll;

/// <summary>
/// Layer normalization (Ba et al., 2016): <c>y = gamma·(x − mean)/√(variance + epsilon) + beta</c>, with mean and variance of each vector of
/// the last axis, or of others.
/// </summary>
/// <remarks>
/// <para>Input and output <c>[..., units]</c>, the same in training and otherwise. Parameters, each [units]: <c>gamma</c> (starts at 1) with
/// <see cref="ScaleAndCenterAttribute.Scale"/>, <c>beta</c> (starts at 0) with <see cref="ScaleAndCenterAttribute.Center"/>.</para>
/// <para>Definition and defaults are those of <c>keras.layers.LayerNormalization</c> (Keras 3), for any axes; gamma and
/// beta have the normalized ones. Unnamed layers are called
/// <c>layer_normalization1</c>, <c>layer_normalization2</c>.</para>
/// </remarks>
/// <example>
/// <code>
/// [LayerNormalization(Epsilon = 1e-5f)]
/// </code>
/// </example>
public sealed class LayerNormalizationAttribute : ScaleAndCenterAttribute
{
    /// <summary>
    /// The axes normalized together, counted as Keras does: 1 is the first one of a sample, −1 the last. Default: the last.
    /// </summary>
    public int[] Axis { get; set; } = [-1];
}
