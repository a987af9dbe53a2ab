using System.Runtime.CompilerServices;
using Unroll.Numerics;
using Unroll.Optimizers;

namespace Unroll;

/// <summary>Follow the regularised leader: exact zeros through L1, for wide sparse models (McMahan et al., 2013).</summary>
/// <remarks>
/// <c>n′ = n + g²; z += g + 2·shrinkage·w − (n′^−p − n^−p)/lr·w; w = (clip(z, ±l1) − z)/(n′^−p/lr + 2·l2 + β/lr); n = n′</c> with the
/// power p = −½ and n starting at 0.1, as <c>keras.optimizers.Ftrl</c> has it. A learning rate of zero changes nothing.
/// </remarks>
/// <example><code>model.Compile(new Ftrl(0.05f, l1RegularizationStrength: 0.01f), new BinaryCrossentropy());</code></example>
public sealed class Ftrl : Optimizer
{
    /// <summary>Keeps the settings.</summary>
    /// <param name="learningRate">The step size lr: a number, 0.001 by default, or a schedule.</param>
    /// <param name="learningRatePower">p, not positive: how fast the steps shrink.</param>
    /// <param name="initialAccumulatorValue">What the sum n starts with, not negative.</param>
    /// <param name="l1RegularizationStrength">l1, not negative.</param>
    /// <param name="l2RegularizationStrength">l2, not negative.</param>
    /// <param name="l2ShrinkageRegularizationStrength">The penalty on the size of parameters, not negative.</param>
    /// <param name="beta">β of the paper, not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public Ftrl(
        LearningRate learningRate = default,
        float learningRatePower = -0.5f,
        float initialAccumulatorValue = 0.1f,
        float l1RegularizationStrength = 0f,
        float l2RegularizationStrength = 0f,
        float l2ShrinkageRegularizationStrength = 0f,
        float beta = 0f)
        : base(learningRate.Or(0.001f))
    {
        LearningRatePower = OptimizerArgument.NotPositive(learningRatePower);
        InitialAccumulatorValue = OptimizerArgument.NotNegative(initialAccumulatorValue);
        L1RegularizationStrength = OptimizerArgument.NotNegative(l1RegularizationStrength);
        L2RegularizationStrength = OptimizerArgument.NotNegative(l2RegularizationStrength);
        L2ShrinkageRegularizationStrength = OptimizerArgument.NotNegative(l2ShrinkageRegularizationStrength);
        Beta = OptimizerArgument.NotNegative(beta);
    }

    /// <summary>How fast the steps shrink.</summary>
    public float LearningRatePower { get; }

    /// <summary>What the sum of squares starts with.</summary>
    public float InitialAccumulatorValue { get; }

    /// <summary>The strength of the pull to exact zeros.</summary>
    public float L1RegularizationStrength { get; }

    /// <summary>The strength of the stabilising L2 penalty.</summary>
    public float L2RegularizationStrength { get; }

    /// <summary>The strength of the L2 penalty on the size of parameters.</summary>
    public float L2ShrinkageRegularizationStrength { get; }

    /// <summary>β of the paper.</summary>
    public float Beta { get; }

    /// <inheritdoc/>
    public override string Name => "ftrl";

    /// <inheritdoc/>
    public override int SlotCount => 2;

    internal override bool PreparesGradients => true;

    /// <inheritdoc/>
    public override float InitialSlotValue(int slot) => slot == 0 ? InitialAccumulatorValue : 0f;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Update(in OptimizerStep step)
    {
        if (step.LearningRate == 0f)
        {
            return;
        }

        UpdateLoop.Run(this, step, new Rule
        {
            Power = -LearningRatePower,
            InverseRate = 1f / step.LearningRate,
            Limit = L1RegularizationStrength,
            Ridge = (float)((2.0 * L2RegularizationStrength) + (Beta / (double)step.LearningRate)),
            Shrinkage = 2f * L2ShrinkageRegularizationStrength,
        });
    }

    private readonly struct Rule : IUpdateRule
    {
        public static int SlotCount => 2;

        public required float Power { get; init; }

        public required float InverseRate { get; init; }

        public required float Limit { get; init; }

        public required float Ridge { get; init; }

        public required float Shrinkage { get; init; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<S, V>(V parameter, V gradient, ref V first, ref V second, ref V third)
            where S : struct, ISimd<V>
            where V : struct
        {
            V g = TinyMoments<S, V>.FlushGradient(gradient);
            V inverseRate = S.Broadcast(InverseRate);
            V before = Raise<S, V>(first);
            first = S.MultiplyAdd(g, g, first);
            V after = Raise<S, V>(first);
            V sigma = S.Multiply(S.Subtract(after, before), inverseRate);
            V pull = S.MultiplyAdd(S.Subtract(S.Broadcast(Shrinkage), sigma), parameter, g);
            V z = TinyMoments<S, V>.FlushFirst(S.Add(second, pull));
            second = z;

            // A sum still at zero has no curvature; then z is zero too and so is the parameter.
            V curvature = S.Max(S.Broadcast(1e-30f), S.MultiplyAdd(after, inverseRate, S.Broadcast(Ridge)));
            V clipped = S.Min(S.Broadcast(Limit), S.Max(S.Broadcast(-Limit), z));
            return S.Divide(S.Subtract(clipped, z), curvature);
        }

        /// <summary>n to the power −p.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private V Raise<S, V>(V n)
            where S : struct, ISimd<V>
            where V : struct =>
            Power == 0.5f ? S.Sqrt(n)
            : Power == 0f ? S.Broadcast(1f)
            : Exponential<S, V>.Exp(S.Multiply(Logarithm<S, V>.Log(n), S.Broadcast(Power)));
    }
}
