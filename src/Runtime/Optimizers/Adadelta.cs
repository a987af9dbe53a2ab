using System.Runtime.CompilerServices;
using Unroll.Numerics;
using Unroll.Optimizers;

namespace Unroll;

/// <summary>Steps in the units of the parameters: the root mean square of past steps over that of past gradients (Zeiler, 2012).</summary>
/// <remarks>
/// <c>n = ρ·n + (1 − ρ)g²; δ = −√(d + ε)/√(n + ε)·g; d = ρ·d + (1 − ρ)δ²; w += lr·δ</c>. The definition is that of
/// <c>keras.optimizers.Adadelta</c>, whose learning rate of 0.001 makes it slow; the paper has 1.
/// </remarks>
/// <example><code>model.Compile(new Adadelta(learningRate: 1f), new MeanSquaredError());</code></example>
public sealed class Adadelta : Optimizer
{
    private readonly DecayRate _rho;

    /// <summary>Keeps the settings.</summary>
    /// <param name="learningRate">The factor lr on each step: a number, 0.001 by default, or a schedule.</param>
    /// <param name="rho">ρ, in [0, 1).</param>
    /// <param name="epsilon">ε, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public Adadelta(LearningRate learningRate = default, float rho = 0.95f, float epsilon = 1e-7f)
        : base(learningRate.Or(0.001f))
    {
        Rho = OptimizerArgument.Rate(rho);
        _rho = new DecayRate(Rho);
        Epsilon = OptimizerArgument.Positive(epsilon);
    }

    /// <summary>The decay rate of the averages.</summary>
    public float Rho { get; }

    /// <summary>What keeps numerator and divisor from zero.</summary>
    public float Epsilon { get; }

    /// <inheritdoc/>
    public override string Name => "adadelta";

    /// <inheritdoc/>
    public override int SlotCount => 2;

    internal override bool PreparesGradients => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Update(in OptimizerStep step) => UpdateLoop.Run(
        this, step, new Rule(step.LearningRate, _rho.Gain, Epsilon));

    private readonly struct Rule(float rate, float gain, float epsilon) : IUpdateRule
    {
        public static int SlotCount => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<S, V>(V parameter, V gradient, ref V first, ref V second, ref V third)
            where S : struct, ISimd<V>
            where V : struct
        {
            V g = TinyMoments<S, V>.FlushGradient(gradient);
            first = Average<S, V>(g, first);

            // One root for the quotient of the two.
            V ratio = S.Divide(S.Add(second, S.Broadcast(epsilon)), S.Add(first, S.Broadcast(epsilon)));
            V descent = TinyMoments<S, V>.FlushGradient(S.Multiply(g, S.Sqrt(ratio)));
            second = Average<S, V>(descent, second);
            return S.Subtract(parameter, S.Multiply(descent, S.Broadcast(rate)));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private V Average<S, V>(V value, V average)
            where S : struct, ISimd<V>
            where V : struct =>
            TinyMoments<S, V>.RaiseSecond(S.MultiplyAdd(S.Subtract(S.Multiply(value, value), average), S.Broadcast(gain), average));
    }
}
