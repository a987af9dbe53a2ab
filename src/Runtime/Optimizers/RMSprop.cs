using System.Runtime.CompilerServices;
using Unroll.Numerics;
using Unroll.Optimizers;

namespace Unroll;

/// <summary>Steps divided by the root of a running average of squared gradients (Hinton, 2012).</summary>
/// <remarks>
/// <c>v = ρ·v + (1 − ρ)g²; w −= lr·g/√(v + ε)</c>; centered subtracts the square of the average gradient from v (Graves, 2013); with
/// momentum μ: <c>u = μ·u + lr·g/√(v + ε); w −= u</c>. The definition is that of <c>keras.optimizers.RMSprop</c>, ε inside the root.
/// </remarks>
/// <example><code>model.Compile(new RMSprop(rho: 0.95f), new MeanSquaredError());</code></example>
public sealed class RMSprop : Optimizer
{
    private readonly DecayRate _rho;

    /// <summary>Keeps the settings.</summary>
    /// <param name="learningRate">The step size lr: a number, 0.001 by default, or a schedule.</param>
    /// <param name="rho">ρ, in [0, 1).</param>
    /// <param name="momentum">μ, in [0, 1].</param>
    /// <param name="epsilon">ε, positive.</param>
    /// <param name="centered">Whether to divide by the estimated variance instead of the mean square.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public RMSprop(
        LearningRate learningRate = default, float rho = 0.9f, float momentum = 0f, float epsilon = 1e-7f, bool centered = false)
        : base(learningRate.Or(0.001f))
    {
        Rho = OptimizerArgument.Rate(rho);
        _rho = new DecayRate(Rho);
        Momentum = OptimizerArgument.UnitInterval(momentum);
        Epsilon = OptimizerArgument.Positive(epsilon);
        Centered = centered;
    }

    /// <summary>The decay rate of the averages.</summary>
    public float Rho { get; }

    /// <summary>How much of the last step is repeated.</summary>
    public float Momentum { get; }

    /// <summary>What keeps the divisor from zero.</summary>
    public float Epsilon { get; }

    /// <summary>Whether the divisor is the estimated variance.</summary>
    public bool Centered { get; }

    /// <inheritdoc/>
    public override string Name => "rmsprop";

    /// <inheritdoc/>
    public override int SlotCount => Centered ? 3 : Momentum == 0f ? 1 : 2;

    internal override bool PreparesGradients => true;

    internal override bool IsBounded => Epsilon >= LeastEpsilon;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Update(in OptimizerStep step)
    {
        var scale = new Scale(_rho.Gain, Epsilon, step.LearningRate);
        if (Centered)
        {
            UpdateLoop.Run(this, step, new CenteredRule(scale, Momentum));
        }
        else if (Momentum == 0f)
        {
            UpdateLoop.Run(this, step, new PlainRule(scale));
        }
        else
        {
            UpdateLoop.Run(this, step, new MomentumRule(scale, Momentum));
        }
    }

    /// <summary>The two parts every variant has.</summary>
    private readonly struct Scale(float gain, float epsilon, float rate)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Average<S, V>(V value, V average)
            where S : struct, ISimd<V>
            where V : struct => S.MultiplyAdd(S.Subtract(value, average), S.Broadcast(gain), average);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<S, V>(V gradient, V square)
            where S : struct, ISimd<V>
            where V : struct => S.FastDivide(S.Multiply(gradient, S.Broadcast(rate)), S.Sqrt(S.Add(square, S.Broadcast(epsilon))));
    }

    private readonly struct PlainRule(Scale scale) : IUpdateRule
    {
        public static int SlotCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<S, V>(V parameter, V gradient, ref V first, ref V second, ref V third)
            where S : struct, ISimd<V>
            where V : struct
        {
            V g = TinyMoments<S, V>.FlushGradient(gradient);
            first = TinyMoments<S, V>.RaiseSecond(scale.Average<S, V>(S.Multiply(g, g), first));
            return S.Subtract(parameter, scale.Step<S, V>(g, first));
        }
    }

    private readonly struct MomentumRule(Scale scale, float momentum) : IUpdateRule
    {
        public static int SlotCount => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<S, V>(V parameter, V gradient, ref V first, ref V second, ref V third)
            where S : struct, ISimd<V>
            where V : struct
        {
            V g = TinyMoments<S, V>.FlushGradient(gradient);
            first = TinyMoments<S, V>.RaiseSecond(scale.Average<S, V>(S.Multiply(g, g), first));
            second = TinyMoments<S, V>.FlushFirst(S.MultiplyAdd(second, S.Broadcast(momentum), scale.Step<S, V>(g, first)));
            return S.Subtract(parameter, second);
        }
    }

    private readonly struct CenteredRule(Scale scale, float momentum) : IUpdateRule
    {
        public static int SlotCount => 3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<S, V>(V parameter, V gradient, ref V first, ref V second, ref V third)
            where S : struct, ISimd<V>
            where V : struct
        {
            V g = TinyMoments<S, V>.FlushGradient(gradient);
            first = TinyMoments<S, V>.RaiseSecond(scale.Average<S, V>(S.Multiply(g, g), first));
            third = TinyMoments<S, V>.FlushFirst(scale.Average<S, V>(g, third));

            // Rounding may push the variance below zero, whose root is NaN. The average is flushed again before it is squared.
            V average = TinyMoments<S, V>.FlushGradient(third);
            V variance = S.Max(S.Zero, S.Subtract(first, S.Multiply(average, average)));
            second = TinyMoments<S, V>.FlushFirst(S.MultiplyAdd(second, S.Broadcast(momentum), scale.Step<S, V>(g, variance)));
            return S.Subtract(parameter, second);
        }
    }
}
