using Unroll.Arguments;

namespace Unroll;

/// <summary><c>rate/(1 + decayRate·step/decaySteps)</c>, the quotient step/decaySteps rounded down if in stairs.</summary>
/// <remarks>Definition: <c>keras.optimizers.schedules.InverseTimeDecay</c> (Keras 3).</remarks>
/// <example><code>var schedule = new InverseTimeDecay(0.1f, decaySteps: 1000, decayRate: 0.5f);</code></example>
public sealed class InverseTimeDecay : LearningRateSchedule
{
    private readonly float _initialLearningRate;
    private readonly int _decaySteps;
    private readonly float _decayRate;
    private readonly bool _staircase;

    /// <summary>Chooses the curve.</summary>
    /// <param name="initialLearningRate">The rate at step 0, not negative.</param>
    /// <param name="decaySteps">The steps in which the denominator grows by <paramref name="decayRate"/>, at least 1.</param>
    /// <param name="decayRate">How fast the denominator grows, not negative.</param>
    /// <param name="staircase">Whether the rate falls only every <paramref name="decaySteps"/> steps.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public InverseTimeDecay(float initialLearningRate, int decaySteps, float decayRate, bool staircase = false)
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
        return (float)(_initialLearningRate / (1 + (_decayRate * (_staircase ? Math.Floor(progress) : progress))));
    }
}
