namespace Unroll;

/// <summary>In training moves each image down and to the right by random amounts.</summary>
/// <remarks>
/// Input and output <c>[rows, columns, channels]</c>. The amounts are drawn evenly, in shares of the image's height and width; negative ones move up and
/// to the left. Otherwise than in training the layer passes its input on. The amounts depend on seed, step and sample only. No parameters. Definition and
/// defaults: <c>keras.layers.RandomTranslation</c> (Keras 3), channels last. Unnamed layers are called <c>random_translation1</c>,
/// <c>random_translation2</c>.
/// </remarks>
/// <example>
/// <code>
/// [RandomTranslation(0.1f, 0.1f, FillMode = FillMode.Constant)]     // up to a tenth of the image to any side
/// [RandomTranslation([0f, 0.2f], [-0.1f, 0.1f])]                    // only down, and a little to the sides
/// </code>
/// </example>
public sealed class RandomTranslationAttribute : RandomTransformAttribute
{
    /// <summary>As far in one direction as in the other.</summary>
    /// <param name="heightFactor">The largest share of the height, in [−1, 1].</param>
    /// <param name="widthFactor">The largest share of the width, in [−1, 1].</param>
    public RandomTranslationAttribute(float heightFactor, float widthFactor)
        : this([heightFactor], [widthFactor])
    {
    }

    /// <summary>Between two amounts.</summary>
    /// <param name="heightFactor">The two shares of the height that images are moved down by at least and at most, in [−1, 1]; one number f stands for −f and f.</param>
    /// <param name="widthFactor">The same of the width, to the right.</param>
    public RandomTranslationAttribute(float[] heightFactor, float[] widthFactor)
    {
        HeightFactor = heightFactor;
        WidthFactor = widthFactor;
    }

    /// <summary>The shares of the height that images are moved down by at least and at most; one number f stands for −f and f.</summary>
    public float[] HeightFactor { get; }

    /// <summary>The shares of the width that images are moved to the right by at least and at most; one number f stands for −f and f.</summary>
    public float[] WidthFactor { get; }
}
