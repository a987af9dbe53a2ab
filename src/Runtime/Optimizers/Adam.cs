using System.Runtime.CompilerServices;
using Unroll.Numerics;
using Unroll.Optimizers;

namespace Unroll;

/// <summary>Adam: steps scaled by running averages of the gradient and of its square (Kingma and Ba, 2014).</summary>
/// <remarks>
/// <c>m += (1 − β₁)(g − m); v += (1 − β₂)(g² − v); w −= α·m/(√v + ε)</c> with <c>α = lr·√(1 − β₂ᵗ)/(1 − β₁ᵗ)</c>. The definition is that
/// of <c>keras.optimizers.Adam</c>: ε is added to the uncorrected √v ("epsilon hat" of the paper), where PyTorch adds it to the corrected
/// one. With amsgrad (Reddi et al., 2018) the largest v so far takes the place of v.
/// </remarks>
/// <example><code>model.Compile(new Adam(learningRate: 1e-3f), new SparseCategoricalCrossentropy());</code></example>
public class Adam : Optimizer
{
    private readonly DecayRate _beta1;
    private readonly DecayRate _beta2;

    /// <summary>Keeps the settings.</summary>
    /// <param name="learningRate">The step size lr: a number, 0.001 by default, or a schedule.</param>
    /// <param name="beta1">β₁, in [0, 1).</param>
    /// <param name="beta2">β₂, in [0, 1).</param>
    /// <param name="epsilon">ε, positive.</param>
    /// <param name="amsgrad">Whether to divide by the largest v so far.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public Adam(
        LearningRate learningRate = default, float beta1 = 0.9f, float beta2 = 0.999f, float epsilon = 1e-7f, bool amsgrad = false)
        : base(learningRate.Or(0.001f))
    {
        Beta1 = OptimizerArgument.Rate(beta1);
        Beta2 = OptimizerArgument.Rate(beta2);
        _beta1 = new DecayRate(Beta1);
        _beta2 = new DecayRate(Beta2);
        Epsilon = OptimizerArgument.Positive(epsilon);
        AmsGrad = amsgrad;
    }

    /// <summary>The decay rate of the average of gradients.</summary>
    public float Beta1 { get; }

    /// <summary>The decay rate of the average of squared gradients.</summary>
    public float Beta2 { get; }

    /// <summary>What keeps the divisor from zero.</summary>
    public float Epsilon { get; }

    /// <summary>Whether the divisor never shrinks.</summary>
    public bool AmsGrad { get; }

    /// <inheritdoc/>
    public override string Name => "adam";

    /// <inheritdoc/>
    public override int SlotCount => AmsGrad ? 3 : 2;

    internal override bool PreparesGradients => true;

    internal override bool IsBounded => Epsilon >= LeastEpsilon;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public sealed override void Update(in OptimizerStep step)
    {
        double correction = Math.Sqrt(_beta2.Bias(step.Iteration)) / _beta1.Bias(step.Iteration);
        var rule = new Rule((float)(step.LearningRate * correction), _beta1.Gain, _beta2.Gain, Epsilon);
        if (AmsGrad)
        {
            UpdateLoop.Run(this, step, new AmsGradRule(rule));
        }
        else
        {
            UpdateLoop.Run(this, step, rule);
        }
    }

    private readonly struct Rule(float alpha, float gain1, float gain2, float epsilon) : IUpdateRule
    {
        public static int SlotCount => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<S, V>(V parameter, V gradient, ref V first, ref V second, ref V third)
            where S : struct, ISimd<V>
            where V : struct
        {
            Average<S, V>(gradient, ref first, ref second);
            return Descend<S, V>(parameter, first, second);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Average<S, V>(V gradient, ref V m, ref V v)
            where S : struct, ISimd<V>
            where V : struct
        {
            V g = TinyMoments<S, V>.FlushGradient(gradient);
            m = TinyMoments<S, V>.FlushFirst(S.MultiplyAdd(S.Subtract(g, m), S.Broadcast(gain1), m));
            V square = S.Multiply(g, g);
            v = TinyMoments<S, V>.RaiseSecond(S.MultiplyAdd(S.Subtract(square, v), S.Broadcast(gain2), v));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Descend<S, V>(V parameter, V m, V v)
            where S : struct, ISimd<V>
            where V : struct =>
            S.Subtract(parameter, S.FastDivide(S.Multiply(m, S.Broadcast(alpha)), S.Add(S.Sqrt(v), S.Broadcast(epsilon))));
    }

    private readonly struct AmsGradRule(Rule adam) : IUpdateRule
    {
        public static int SlotCount => 3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<S, V>(V parameter, V gradient, ref V first, ref V second, ref V third)
            where S : struct, ISimd<V>
            where V : struct
        {
            adam.Average<S, V>(gradient, ref first, ref second);
            third = S.Max(third, second);
            return adam.Descend<S, V>(parameter, first, third);
        }
    }
}
