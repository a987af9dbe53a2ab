namespace Unroll;

/// <summary>In training turns each image about its centre by a random angle.</summary>
/// <remarks>
/// Input and output <c>[rows, columns, channels]</c>. The angle is drawn evenly, in full turns, counter-clockwise where it is positive. Otherwise than in
/// training the layer passes its input on. The angles depend on seed, step and sample only. No parameters. Definition and defaults:
/// <c>keras.layers.RandomRotation</c> (Keras 3), channels last. Unnamed layers are called <c>random_rotation1</c>, <c>random_rotation2</c>.
/// </remarks>
/// <example>
/// <code>
/// [RandomRotation(0.03f)]     // up to 10.8 degrees either way
/// </code>
/// </example>
public sealed class RandomRotationAttribute : RandomTransformAttribute
{
    /// <summary>As far in one direction as in the other.</summary>
    /// <param name="factor">The largest part of a full turn, in [−1, 1].</param>
    public RandomRotationAttribute(float factor)
        : this([factor])
    {
    }

    /// <summary>Between two angles.</summary>
    /// <param name="factor">The two parts of a full turn that images are turned by at least and at most, in [−1, 1]; one number f stands for −f and f.</param>
    public RandomRotationAttribute(float[] factor)
    {
        Factor = factor;
    }

    /// <summary>The parts of a full turn that images are turned by at least and at most; one number f stands for −f and f.</summary>
    public float[] Factor { get; }
}
