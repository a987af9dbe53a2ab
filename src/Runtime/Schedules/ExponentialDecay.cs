using Unroll.Arguments;

namespace Unroll;

/// <summary><c>rate·decayRate^(step/decaySteps)</c>, the exponent rounded down if in stairs.</summary>
/// <remarks>Definition: <c>keras.optimizers.schedules.ExponentialDecay</c> (Keras 3).</remarks>
/// <example><code>var schedule = new ExponentialDecay(0.1f, decaySteps: 1000, decayRate: 0.96f);</code></example>
public sealed class ExponentialDecay : LearningRateSchedule
{
    private readonly float _initialLearningRate;
    private readonly int _decaySteps;
    private readonly float _decayRate;
    private readonly bool _staircase;

    /// <summary>Chooses the curve.</summary>
    /// <param name="initialLearningRate">The rate at step 0, not negative.</param>
    /// <param name="decaySteps">The steps in which the rate is multiplied by <paramref name="decayRate"/> once, at least 1.</param>
    /// <param name="decayRate">The factor, not negative.</param>
    /// <param name="staircase">Whether the rate falls only every <paramref name="decaySteps"/> steps.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public ExponentialDecay(float initialLearningRate, int decaySteps, float decayRate, bool staircase = false)
    {
        _initialLearningRate = Require.NotNegative(initialLearningRate);
        _decaySteps = Require.AtLeast(1, decaySteps);
        _decayRate = Require.NotNegative(decayRate);
        _staircase = staircase;
    }

    /// <inheritdoc/>
    public override float At(long step)
    {
        double progress = (double)step / _decaySteps;
        return (float)(_initialLearningRate * Math.Pow(_decayRate, _staircase ? Math.Floor(progress) : progress));
    }
}
