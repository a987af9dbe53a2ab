namespace Unroll;

/// <summary>
/// Batch normalization (Ioffe and Szegedy, 2015): <c>y = gamma·(x − mean)/√(variance + epsilon) + beta</c>, for each unit of the last axis.
/// </summary>
/// <remarks>
/// <para>Input and output <c>[..., units]</c>. In training mean and variance are those of the batch over all other axes, the variance without
/// Bessel's correction, and the moving ones follow: <c>moving = Momentum·moving + (1 − Momentum)·batch</c>. Otherwise the moving ones are
/// used.</para>
/// <para>Parameters, each [units]: <c>gamma</c> (starts at 1) with <see cref="ScaleAndCenterAttribute.Scale"/>, <c>beta</c> (starts at 0) with <see cref="ScaleAndCenterAttribute.Center"/>;
/// and, not trained, <c>moving_mean</c> (starts at 0) and <c>moving_variance</c> (starts at 1).</para>
/// <para>Definition and defaults are those of <c>keras.layers.BatchNormalization</c> (Keras 3). Unnamed layers are called
/// <c>batch_normalization1</c>, <c>batch_normalization2</c>.</para>
/// </remarks>
/// <example>
/// <code>
/// [Dense(512, Activation.Relu)]
/// [BatchNormalization]
/// [Dense(1)]
/// </code>
/// </example>
public sealed class BatchNormalizationAttribute : ScaleAndCenterAttribute
{
    /// <summary>The axis of the units: 1 is the first one of a sample, −1 the last. Default: −1.</summary>
    public int Axis { get; set; } = -1;

    /// <summary>What the moving statistics keep of themselves in a step, in [0, 1). Default: 0.99.</summary>
    public float Momentum { get; set; } = 0.99f;
}
