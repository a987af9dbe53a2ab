using System.Runtime.CompilerServices;
using Unroll.Numerics;
using Unroll.Optimizers;

namespace Unroll;

/// <summary>Adam with the infinity norm: the largest recent gradient in place of the root mean square.</summary>
/// <remarks>
/// <c>m += (1 − β₁)(g − m); u = max(β₂·u, |g|); w −= lr/(1 − β₁ᵗ)·m/(u + ε)</c>, as <c>keras.optimizers.Adamax</c> has it
/// (Kingma and Ba, 2014, section 7).
/// </remarks>
/// <example><code>model.Compile(new Adamax(), new MeanSquaredError());</code></example>
public sealed class Adamax : Optimizer
{
    private readonly DecayRate _beta1;

    /// <summary>Keeps the settings.</summary>
    /// <param name="learningRate">The step size lr: a number, 0.001 by default, or a schedule.</param>
    /// <param name="beta1">β₁, in [0, 1).</param>
    /// <param name="beta2">β₂, in [0, 1).</param>
    /// <param name="epsilon">ε, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public Adamax(LearningRate learningRate = default, float beta1 = 0.9f, float beta2 = 0.999f, float epsilon = 1e-7f)
        : base(learningRate.Or(0.001f))
    {
        Beta1 = OptimizerArgument.Rate(beta1);
        Beta2 = OptimizerArgument.Rate(beta2);
        _beta1 = new DecayRate(Beta1);
        Epsilon = OptimizerArgument.Positive(epsilon);
    }

    /// <summary>The decay rate of the average of gradients.</summary>
    public float Beta1 { get; }

    /// <summary>The decay rate of the largest gradient.</summary>
    public float Beta2 { get; }

    /// <summary>What keeps the divisor from zero.</summary>
    public float Epsilon { get; }

    /// <inheritdoc/>
    public override string Name => "adamax";

    /// <inheritdoc/>
    public override int SlotCount => 2;

    internal override bool PreparesGradients => true;

    internal override bool IsBounded => Epsilon >= LeastEpsilon;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Update(in OptimizerStep step)
    {
        double alpha = step.LearningRate / _beta1.Bias(step.Iteration);
        UpdateLoop.Run(this, step, new Rule((float)alpha, _beta1.Gain, Beta2, Epsilon));
    }

    private readonly struct Rule(float alpha, float gain, float beta2, float epsilon) : IUpdateRule
    {
        public static int SlotCount => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<S, V>(V parameter, V gradient, ref V first, ref V second, ref V third)
            where S : struct, ISimd<V>
            where V : struct
        {
            V g = TinyMoments<S, V>.FlushGradient(gradient);
            first = TinyMoments<S, V>.FlushFirst(S.MultiplyAdd(S.Subtract(g, first), S.Broadcast(gain), first));
            second = TinyMoments<S, V>.RaiseSecond(S.Max(S.Multiply(second, S.Broadcast(beta2)), S.Abs(g)));
            return S.Subtract(parameter, S.FastDivide(S.Multiply(first, S.Broadcast(alpha)), S.Add(second, S.Broadcast(epsilon))));
        }
    }
}
