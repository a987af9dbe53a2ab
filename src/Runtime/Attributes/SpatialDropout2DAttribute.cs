namespace Unroll;

/// <summary>Dropout of whole channels (Tompson et al., 2015): in training each channel of a sample is 0 with probability <c>rate</c>.</summary>
/// <remarks>
/// Input and output <c>[rows, columns, channels]</c>. What is kept is scaled by 1/(1 − rate); otherwise than in training the layer passes its input on. The
/// channels depend on seed, step and sample only. No parameters. Definition: <c>keras.layers.SpatialDropout2D</c> (Keras 3), channels last.
/// </remarks>
/// <example>
/// <code>
/// [SpatialDropout2D(0.2f)]
/// </code>
/// </example>
public sealed class SpatialDropout2DAttribute : LayerAttribute
{
    /// <summary>Drops channels.</summary>
    /// <param name="rate">The share of channels dropped, in [0, 1).</param>
    public SpatialDropout2DAttribute(float rate)
    {
        Rate = rate;
    }

    /// <summary>The share of channels dropped.</summary>
    public float Rate { get; }
}
