namespace Unroll;

/// <summary>In training turns every other image over, by chance.</summary>
/// <remarks>
/// Input and output <c>[rows, columns, channels]</c>. Otherwise than in training the layer passes its input on. Which images are turned depends on seed,
/// step and sample only. No parameters. Definition and defaults: <c>keras.layers.RandomFlip</c> (Keras 3), channels last: an image is turned over with
/// probability ½, along both axes at once where the mode names both. Unnamed layers are called <c>random_flip1</c>, <c>random_flip2</c>.
/// </remarks>
/// <example>
/// <code>
/// [RandomFlip(FlipMode.Horizontal)]
/// </code>
/// </example>
/// <param name="mode">Along which axes. Default: <see cref="FlipMode.HorizontalAndVertical"/>.</param>
public sealed class RandomFlipAttribute(FlipMode mode = FlipMode.HorizontalAndVertical) : LayerAttribute
{
    /// <summary>Along which axes images are turned over.</summary>
    public FlipMode Mode { get; } = mode;
}
