namespace Unroll;

/// <summary>Root mean square normalization (Zhang and Sennrich, 2019): <c>y = scale·x/√(mean(x²) + epsilon)</c>.</summary>
/// <remarks>
/// Output shape: the input's. Parameter: <c>scale</c>, one for each value of the normalized axes (starts at 1). Definition and defaults:
/// <c>keras.layers.RMSNormalization</c> (Keras 3), for any axes.
/// </remarks>
/// <example>
/// <code>
/// [RMSNormalization]
/// </code>
/// </example>
public sealed class RMSNormalizationAttribute : LayerAttribute
{
    /// <summary>
    /// The axes normalized together, counted as Keras does: 1 is the first one of a sample, −1 the last. Default: the last.
    /// </summary>
    public int[] Axis { get; set; } = [-1];

    /// <summary>Added to the mean of the squares, above 0. Default: 0.000001.</summary>
    public float Epsilon { get; set; } = 1e-6f;
}
