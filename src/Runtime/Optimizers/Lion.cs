using System.Runtime.CompilerServices;
using Unroll.Numerics;
using Unroll.Optimizers;

namespace Unroll;

/// <summary>Steps of one size, in the direction of the sign of the momentum (Chen et al., 2023).</summary>
/// <remarks>
/// <c>w −= lr·sign(β₁·m + (1 − β₁)g); m = β₂·m + (1 − β₂)g</c>, with sign(0) = 0, as <c>keras.optimizers.Lion</c> has it. It wants a
/// learning rate 3 to 10 times smaller than Adam's.
/// </remarks>
/// <example><code>model.Compile(new Lion(1e-4f), new SparseCategoricalCrossentropy());</code></example>
public sealed class Lion : Optimizer
{
    private readonly DecayRate _beta1;
    private readonly DecayRate _beta2;

    /// <summary>Keeps the settings.</summary>
    /// <param name="learningRate">The step size lr: a number, 0.001 by default, or a schedule.</param>
    /// <param name="beta1">β₁, in [0, 1).</param>
    /// <param name="beta2">β₂, in [0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public Lion(LearningRate learningRate = default, float beta1 = 0.9f, float beta2 = 0.99f)
        : base(learningRate.Or(0.001f))
    {
        Beta1 = OptimizerArgument.Rate(beta1);
        Beta2 = OptimizerArgument.Rate(beta2);
        _beta1 = new DecayRate(Beta1);
        _beta2 = new DecayRate(Beta2);
    }

    /// <summary>The weight of the momentum in the direction of a step.</summary>
    public float Beta1 { get; }

    /// <summary>The decay rate of the momentum.</summary>
    public float Beta2 { get; }

    /// <inheritdoc/>
    public override string Name => "lion";

    /// <inheritdoc/>
    public override int SlotCount => 1;

    internal override bool PreparesGradients => true;

    internal override bool IsBounded => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Update(in OptimizerStep step) =>
        UpdateLoop.Run(this, step, new Rule(step.LearningRate, _beta1.Gain, _beta2.Gain));

    private readonly struct Rule(float rate, float gain1, float gain2) : IUpdateRule
    {
        public static int SlotCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<S, V>(V parameter, V gradient, ref V first, ref V second, ref V third)
            where S : struct, ISimd<V>
            where V : struct
        {
            V ahead = S.Subtract(gradient, first);
            V direction = S.MultiplyAdd(ahead, S.Broadcast(gain1), first);
            first = TinyMoments<S, V>.FlushFirst(S.MultiplyAdd(ahead, S.Broadcast(gain2), first));

            // Zero and NaN stand for themselves.
            V descent = S.Select(S.LessThan(direction, S.Zero), S.Broadcast(-rate), direction);
            descent = S.Select(S.GreaterThan(direction, S.Zero), S.Broadcast(rate), descent);
            return S.Subtract(parameter, descent);
        }
    }
}
