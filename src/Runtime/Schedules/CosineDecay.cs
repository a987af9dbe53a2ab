using Unroll.Arguments;

namespace Unroll;

/// <summary>
/// Half a cosine from the learning rate down to α times it in decaySteps, <c>rate·((1 − α)·½·(1 + cos(π·step/decaySteps)) + α)</c>, after
/// a linear warm-up if one is wanted (Loshchilov and Hutter, 2016; Goyal et al., 2017).
/// </summary>
/// <remarks>
/// With a warm-up the rate first goes in a straight line from the initial one to the target, in warmupSteps; the cosine starts there and
/// from the target. Definition: <c>keras.optimizers.schedules.CosineDecay</c> (Keras 3).
/// </remarks>
/// <example><code>var schedule = new CosineDecay(0f, decaySteps: 10_000, warmupTarget: 1e-3f, warmupSteps: 500);</code></example>
public sealed class CosineDecay : LearningRateSchedule
{
    private readonly float _initialLearningRate;
    private readonly int _decaySteps;
    private readonly float _alpha;
    private readonly float _warmupTarget;
    private readonly int _warmupSteps;

    /// <summary>Chooses the curve.</summary>
    /// <param name="initialLearningRate">The rate at step 0, not negative.</param>
    /// <param name="decaySteps">The steps of the cosine, at least 1.</param>
    /// <param name="alpha">α, the share of the rate that is left at the end, in [0, 1].</param>
    /// <param name="warmupTarget">The rate at the end of the warm-up; without one there is no warm-up.</param>
    /// <param name="warmupSteps">The steps of the warm-up, not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public CosineDecay(float initialLearningRate, int decaySteps, float alpha = 0f, float? warmupTarget = null, int warmupSteps = 0)
    {
        _initialLearningRate = Require.NotNegative(initialLearningRate);
        _decaySteps = Require.AtLeast(1, decaySteps);
        _alpha = Require.InUnitInterval(alpha);
        Require.AtLeast(0, warmupSteps);
        _warmupTarget = warmupTarget is float target ? Require.NotNegative(target, nameof(warmupTarget)) : initialLearningRate;
        _warmupSteps = warmupTarget is null ? 0 : warmupSteps;
    }

    /// <inheritdoc/>
    public override float At(long step)
    {
        if (step < _warmupSteps)
        {
            return (float)((((double)_warmupTarget - _initialLearningRate) * step / _warmupSteps) + _initialLearningRate);
        }

        double progress = Math.Min(1, (double)(step - _warmupSteps) / _decaySteps);
        double cosine = 0.5 * (1 + Math.Cos(Math.PI * progress));
        return (float)(_warmupTarget * (((1.0 - _alpha) * cosine) + _alpha));
    }
}
