using Unroll.Optimizers;

namespace Unroll;

/// <summary>Adam with decoupled weight decay (Loshchilov and Hutter, 2017).</summary>
/// <remarks>
/// <c>w −= lr·λ·w</c>, then the step of <see cref="Adam"/>. The definition and the default λ = 0.004 are those of
/// <c>keras.optimizers.AdamW</c>; every parameter decays, biases included. PyTorch's default is 0.01.
/// </remarks>
/// <example><code>model.Compile(new AdamW(weightDecay: 0.01f), new SparseCategoricalCrossentropy());</code></example>
public sealed class AdamW : Adam
{
    /// <summary>Keeps the settings.</summary>
    /// <param name="learningRate">The step size lr: a number, 0.001 by default, or a schedule.</param>
    /// <param name="weightDecay">λ, not negative.</param>
    /// <param name="beta1">β₁, in [0, 1).</param>
    /// <param name="beta2">β₂, in [0, 1).</param>
    /// <param name="epsilon">ε, positive.</param>
    /// <param name="amsgrad">Whether to divide by the largest v so far.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public AdamW(
        LearningRate learningRate = default,
        float weightDecay = 0.004f,
        float beta1 = 0.9f,
        float beta2 = 0.999f,
        float epsilon = 1e-7f,
        bool amsgrad = false)
        : base(learningRate, beta1, beta2, epsilon, amsgrad)
    {
        WeightDecay = OptimizerArgument.NotNegative(weightDecay);
    }

    /// <inheritdoc/>
    public override string Name => "adamw";
}
