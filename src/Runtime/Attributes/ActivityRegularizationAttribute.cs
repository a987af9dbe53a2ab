namespace Unroll;

/// <summary>Adds <c>(L1·Σ|x| + L2·Σx²)/batch</c> to the training loss and passes x on.</summary>
/// <remarks>
/// Output shape: the input's. No parameters. Definition and defaults are those of <c>keras.layers.ActivityRegularization</c> (Keras 3), whose
/// sums are divided by the number of samples in the batch. Unnamed layers are called <c>activity_regularization1</c>,
/// <c>activity_regularization2</c>.
/// </remarks>
/// <example>
/// <code>
/// [Dense(64, Activation.Relu)]
/// [ActivityRegularization(L1 = 1e-3f)]     // few units active at a time
/// </code>
/// </example>
public sealed class ActivityRegularizationAttribute : LayerAttribute
{
    /// <summary>The weight of Σ|x|, at least 0. Default: 0, no penalty.</summary>
    public float L1 { get; set; }

    /// <summary>The weight of Σx², at least 0. Default: 0, no penalty.</summary>
    public float L2 { get; set; }
}
