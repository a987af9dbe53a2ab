using System.Runtime.CompilerServices;
using Unroll.Numerics;
using Unroll.Optimizers;

namespace Unroll;

/// <summary>Steps divided by the root of the sum of all squared gradients so far (Duchi et al., 2011).</summary>
/// <remarks>
/// <c>n += g²; w −= lr·g/√(n + ε)</c>, n starting at 0.1. The definition is that of <c>keras.optimizers.Adagrad</c>; PyTorch starts at 0
/// and adds ε outside the root. Rows of an <c>Embedding</c> that do not occur in a batch cost nothing.
/// </remarks>
/// <example><code>model.Compile(new Adagrad(learningRate: 0.1f), new MeanSquaredError());</code></example>
public sealed class Adagrad : Optimizer
{
    /// <summary>Keeps the settings.</summary>
    /// <param name="learningRate">The step size lr: a number, 0.001 by default, or a schedule.</param>
    /// <param name="initialAccumulatorValue">What the sum starts with, not negative.</param>
    /// <param name="epsilon">ε, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public Adagrad(LearningRate learningRate = default, float initialAccumulatorValue = 0.1f, float epsilon = 1e-7f)
        : base(learningRate.Or(0.001f))
    {
        InitialAccumulatorValue = OptimizerArgument.NotNegative(initialAccumulatorValue);
        Epsilon = OptimizerArgument.Positive(epsilon);
    }

    /// <summary>What the sum of squares starts with.</summary>
    public float InitialAccumulatorValue { get; }

    /// <summary>What keeps the divisor from zero.</summary>
    public float Epsilon { get; }

    /// <inheritdoc/>
    public override string Name => "adagrad";

    /// <inheritdoc/>
    public override int SlotCount => 1;

    internal override bool PreparesGradients => true;

    internal override bool IsBounded => Epsilon >= LeastEpsilon;

    internal override bool KeepsWithoutGradient => true;

    /// <inheritdoc/>
    public override float InitialSlotValue(int slot) => InitialAccumulatorValue;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Update(in OptimizerStep step) => UpdateLoop.Run(this, step, new Rule(step.LearningRate, Epsilon));

    private readonly struct Rule(float rate, float epsilon) : IUpdateRule
    {
        public static int SlotCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<S, V>(V parameter, V gradient, ref V first, ref V second, ref V third)
            where S : struct, ISimd<V>
            where V : struct
        {
            V g = TinyMoments<S, V>.FlushGradient(gradient);
            first = S.MultiplyAdd(g, g, first);
            return S.Subtract(parameter, S.FastDivide(S.Multiply(g, S.Broadcast(rate)), S.Sqrt(S.Add(first, S.Broadcast(epsilon)))));
        }
    }
}
