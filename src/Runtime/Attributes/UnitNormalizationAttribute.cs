namespace Unroll;

/// <summary>Divides by the length: <c>y = x/max(√Σx², 1e-12)</c>.</summary>
/// <remarks>
/// Output shape: the input's. No parameters. Definition and defaults: <c>keras.layers.UnitNormalization</c> (Keras 3).
/// </remarks>
/// <example>
/// <code>
/// [UnitNormalization]
/// </code>
/// </example>
public sealed class UnitNormalizationAttribute : LayerAttribute
{
    /// <summary>
    /// The axes whose values have the length 1 together, counted as Keras does: 1 is the first one of a sample, −1 the last. Default: the last.
    /// </summary>
    public int[] Axis { get; set; } = [-1];
}
