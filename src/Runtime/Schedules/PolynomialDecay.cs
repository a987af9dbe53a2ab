using Unroll.Arguments;

namespace Unroll;

/// <summary>
/// <c>(rate − end)·(1 − step/decaySteps)^power + end</c> up to step decaySteps, then <c>end</c>.
/// </summary>
/// <remarks>
/// In cycles, beyond decaySteps the next multiple of it takes its place, so that the rate rises again at each multiple. Definition:
/// <c>keras.optimizers.schedules.PolynomialDecay</c> (Keras 3).
/// </remarks>
/// <example><code>var schedule = new PolynomialDecay(0.1f, decaySteps: 10_000, endLearningRate: 0.01f, power: 0.5f);</code></example>
public sealed class PolynomialDecay : LearningRateSchedule
{
    private readonly float _initialLearningRate;
    private readonly int _decaySteps;
    private readonly float _endLearningRate;
    private readonly float _power;
    private readonly bool _cycle;

    /// <summary>Chooses the curve.</summary>
    /// <param name="initialLearningRate">The rate at step 0, not negative.</param>
    /// <param name="decaySteps">The steps until the end, at least 1.</param>
    /// <param name="endLearningRate">The rate at the end, not negative.</param>
    /// <param name="power">The exponent, positive; 1 is a straight line.</param>
    /// <param name="cycle">Whether the curve starts again after its end.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public PolynomialDecay(
        float initialLearningRate, int decaySteps, float endLearningRate = 0.0001f, float power = 1f, bool cycle = false)
    {
        _initialLearningRate = Require.NotNegative(initialLearningRate);
        _decaySteps = Require.AtLeast(1, decaySteps);
        _endLearningRate = Require.NotNegative(endLearningRate);
        _power = Require.Positive(power);
        _cycle = cycle;
    }

    /// <inheritdoc/>
    public override float At(long step)
    {
        double progress = (double)step / _decaySteps;
        progress = _cycle ? progress / Math.Max(1, Math.Ceiling(progress)) : Math.Min(progress, 1);
        return (float)((((double)_initialLearningRate - _endLearningRate) * Math.Pow(1 - progress, _power)) + _endLearningRate);
    }
}
