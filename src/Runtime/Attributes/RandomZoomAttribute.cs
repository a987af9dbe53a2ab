namespace Unroll;

/// <summary>In training makes each image smaller or larger about its centre by random amounts.</summary>
/// <remarks>
/// Input and output <c>[rows, columns, channels]</c>. The amounts are drawn evenly: at f the image shows 1 + f times its height and width, so that positive
/// ones make what it shows smaller. Otherwise than in training the layer passes its input on. The amounts depend on seed, step and sample only. No
/// parameters. Definition and defaults: <c>keras.layers.RandomZoom</c> (Keras 3), channels last. Unnamed layers are called <c>random_zoom1</c>,
/// <c>random_zoom2</c>.
/// </remarks>
/// <example>
/// <code>
/// [RandomZoom(0.1f)]                         // both axes by the same amount
/// [RandomZoom([-0.2f, 0f], [-0.1f, 0f])]     // larger only, each axis by an amount of its own
/// </code>
/// </example>
public sealed class RandomZoomAttribute : RandomTransformAttribute
{
    /// <summary>The same amount for both axes, as much smaller as larger.</summary>
    /// <param name="heightFactor">The largest amount, in (−1, 1].</param>
    public RandomZoomAttribute(float heightFactor)
        : this([heightFactor])
    {
    }

    /// <summary>An amount for each axis, as much smaller as larger.</summary>
    /// <param name="heightFactor">The largest amount along the height, in (−1, 1].</param>
    /// <param name="widthFactor">The same along the width.</param>
    public RandomZoomAttribute(float heightFactor, float widthFactor)
        : this([heightFactor], [widthFactor])
    {
    }

    /// <summary>Between two amounts.</summary>
    /// <param name="heightFactor">The least and the largest amount along the height, in (−1, 1]; one number f stands for −f and f.</param>
    /// <param name="widthFactor">The same along the width. Default: that of the height, drawn once for both.</param>
    public RandomZoomAttribute(float[] heightFactor, float[]? widthFactor = null)
    {
        HeightFactor = heightFactor;
        WidthFactor = widthFactor;
    }

    /// <summary>The least and the largest amount along the height; one number f stands for −f and f.</summary>
    public float[] HeightFactor { get; }

    /// <summary>The same along the width; null where both axes have the same amount.</summary>
    public float[]? WidthFactor { get; }
}
