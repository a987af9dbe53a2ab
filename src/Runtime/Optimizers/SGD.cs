using System.Runtime.CompilerServices;
using Unroll.Numerics;
using Unroll.Optimizers;

namespace Unroll;

/// <summary>Stochastic gradient descent, with momentum (Polyak, 1964) or Nesterov's (Sutskever et al., 2013) on request.</summary>
/// <remarks>
/// <c>w −= lr·g</c>; with momentum μ: <c>v = μ·v − lr·g; w += v</c>, with Nesterov's: <c>w += μ·v − lr·g</c>. The definition is that of
/// <c>keras.optimizers.SGD</c>: the learning rate is inside the velocity. Without momentum, rows of an <c>Embedding</c> that do not occur
/// in a batch cost nothing.
/// </remarks>
/// <example><code>model.Compile(new SGD(0.01f, momentum: 0.9f), new MeanSquaredError());</code></example>
public sealed class SGD : Optimizer
{
    /// <summary>Keeps the settings.</summary>
    /// <param name="learningRate">The step size lr: a number, 0.01 by default, or a schedule.</param>
    /// <param name="momentum">μ, in [0, 1].</param>
    /// <param name="nesterov">Whether to look ahead along the velocity.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public SGD(LearningRate learningRate = default, float momentum = 0f, bool nesterov = false)
        : base(learningRate.Or(0.01f))
    {
        Momentum = OptimizerArgument.UnitInterval(momentum);
        Nesterov = nesterov;
    }

    /// <summary>How much of the last step's velocity is kept.</summary>
    public float Momentum { get; }

    /// <summary>Whether the step looks ahead along the velocity.</summary>
    public bool Nesterov { get; }

    /// <inheritdoc/>
    public override string Name => "sgd";

    /// <inheritdoc/>
    public override int SlotCount => Momentum == 0f ? 0 : 1;

    internal override bool PreparesGradients => true;

    internal override bool IsBounded => true;

    internal override bool KeepsWithoutGradient => Momentum == 0f;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Update(in OptimizerStep step)
    {
        if (Momentum == 0f)
        {
            UpdateLoop.Run(this, step, new PlainRule(step.LearningRate));
        }
        else
        {
            UpdateLoop.Run(this, step, new MomentumRule(step.LearningRate, Momentum, Nesterov));
        }
    }

    private readonly struct PlainRule(float rate) : IUpdateRule
    {
        public static int SlotCount => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<S, V>(V parameter, V gradient, ref V first, ref V second, ref V third)
            where S : struct, ISimd<V>
            where V : struct => S.MultiplyAdd(gradient, S.Broadcast(-rate), parameter);
    }

    private readonly struct MomentumRule(float rate, float momentum, bool nesterov) : IUpdateRule
    {
        public static int SlotCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<S, V>(V parameter, V gradient, ref V first, ref V second, ref V third)
            where S : struct, ISimd<V>
            where V : struct
        {
            V descent = S.Multiply(gradient, S.Broadcast(-rate));
            V velocity = S.MultiplyAdd(first, S.Broadcast(momentum), descent);
            first = TinyMoments<S, V>.FlushFirst(velocity);
            return S.Add(parameter, nesterov ? S.MultiplyAdd(velocity, S.Broadcast(momentum), descent) : velocity);
        }
    }
}
