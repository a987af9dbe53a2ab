using System.Runtime.CompilerServices;
using Unroll.Numerics;
using Unroll.Optimizers;

namespace Unroll;

/// <summary>Adam with Nesterov's momentum on a warming-up schedule (Dozat, 2016).</summary>
/// <remarks>
/// With <c>μₜ = β₁(1 − ½·0.96ᵗ)</c> and Πₜ the product of μ₁..μₜ: <c>m += (1 − β₁)(g − m); v += (1 − β₂)(g² − v);
/// m̂ = μₜ₊₁·m/(1 − Πₜ₊₁) + (1 − μₜ)g/(1 − Πₜ); w −= lr·m̂/(√(v/(1 − β₂ᵗ)) + ε)</c>, as <c>keras.optimizers.Nadam</c> has it.
/// </remarks>
/// <example><code>model.Compile(new Nadam(), new SparseCategoricalCrossentropy());</code></example>
public sealed class Nadam : Optimizer
{
    // The products of 1 - ½·0.96ⁱ; after 1,024 factors the rest is 1 in double precision.
    private static readonly double[] s_warmUp = WarmUp(1024);

    private readonly DecayRate _beta1;
    private readonly DecayRate _beta2;

    /// <summary>Keeps the settings.</summary>
    /// <param name="learningRate">The step size lr: a number, 0.001 by default, or a schedule.</param>
    /// <param name="beta1">β₁, in [0, 1).</param>
    /// <param name="beta2">β₂, in [0, 1).</param>
    /// <param name="epsilon">ε, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public Nadam(LearningRate learningRate = default, float beta1 = 0.9f, float beta2 = 0.999f, float epsilon = 1e-7f)
        : base(learningRate.Or(0.001f))
    {
        Beta1 = OptimizerArgument.Rate(beta1);
        Beta2 = OptimizerArgument.Rate(beta2);
        _beta1 = new DecayRate(Beta1);
        _beta2 = new DecayRate(Beta2);
        Epsilon = OptimizerArgument.Positive(epsilon);
    }

    /// <summary>The decay rate of the average of gradients.</summary>
    public float Beta1 { get; }

    /// <summary>The decay rate of the average of squared gradients.</summary>
    public float Beta2 { get; }

    /// <summary>What keeps the divisor from zero.</summary>
    public float Epsilon { get; }

    /// <inheritdoc/>
    public override string Name => "nadam";

    /// <inheritdoc/>
    public override int SlotCount => 2;

    internal override bool PreparesGradients => true;

    internal override bool IsBounded => Epsilon >= LeastEpsilon;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Update(in OptimizerStep step)
    {
        long t = step.Iteration;
        double beta1 = _beta1.Value;
        double ofMoment = Momentum(beta1, t + 1) / (1 - Product(beta1, t + 1));
        double ofGradient = (1 - Momentum(beta1, t)) / (1 - Product(beta1, t));
        UpdateLoop.Run(this, step, new Rule
        {
            OfMoment = (float)(step.LearningRate * ofMoment),
            OfGradient = (float)(step.LearningRate * ofGradient),
            Correction = (float)(1 / _beta2.Bias(t)),
            Gain1 = _beta1.Gain,
            Gain2 = _beta2.Gain,
            Epsilon = Epsilon,
        });
    }

    private static double Momentum(double beta1, long t) => beta1 * (1 - (0.5 * Math.Pow(0.96, t)));

    private static double Product(double beta1, long t) => s_warmUp[Math.Min(t, s_warmUp.Length - 1)] * Math.Pow(beta1, t);

    private static double[] WarmUp(int count)
    {
        double[] products = new double[count + 1];
        products[0] = 1;
        for (int i = 1; i <= count; i++)
        {
            products[i] = products[i - 1] * Momentum(1, i);
        }

        return products;
    }

    private readonly struct Rule : IUpdateRule
    {
        public static int SlotCount => 2;

        public required float OfMoment { get; init; }

        public required float OfGradient { get; init; }

        public required float Correction { get; init; }

        public required float Gain1 { get; init; }

        public required float Gain2 { get; init; }

        public required float Epsilon { get; init; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<S, V>(V parameter, V gradient, ref V first, ref V second, ref V third)
            where S : struct, ISimd<V>
            where V : struct
        {
            V g = TinyMoments<S, V>.FlushGradient(gradient);
            first = TinyMoments<S, V>.FlushFirst(S.MultiplyAdd(S.Subtract(g, first), S.Broadcast(Gain1), first));
            V square = S.Multiply(g, g);
            second = TinyMoments<S, V>.RaiseSecond(S.MultiplyAdd(S.Subtract(square, second), S.Broadcast(Gain2), second));
            V step = S.MultiplyAdd(first, S.Broadcast(OfMoment), S.Multiply(g, S.Broadcast(OfGradient)));
            V root = S.Sqrt(S.Multiply(second, S.Broadcast(Correction)));
            return S.Subtract(parameter, S.FastDivide(step, S.Add(root, S.Broadcast(Epsilon))));
        }
    }
}
