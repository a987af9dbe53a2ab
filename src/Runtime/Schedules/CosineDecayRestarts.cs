using Unroll.Arguments;

namespace Unroll;

/// <summary>
/// Half cosines one after another (SGDR; Loshchilov and Hutter, 2016): each goes from the learning rate to α times it, takes
/// <c>periodFactor</c> times as many steps as the one before and starts at <c>rateFactor</c> times its rate.
/// </summary>
/// <remarks>
/// In the i-th period, at the fraction f of its steps, the rate is <c>rate·((1 − α)·rateFactorⁱ·½·(1 + cos(π·f)) + α)</c>. Definition:
/// <c>keras.optimizers.schedules.CosineDecayRestarts</c> (Keras 3), where the factors are called t_mul and m_mul.
/// </remarks>
/// <example><code>var schedule = new CosineDecayRestarts(1e-2f, firstDecaySteps: 1000);</code></example>
public sealed class CosineDecayRestarts : LearningRateSchedule
{
    private readonly float _initialLearningRate;
    private readonly int _firstDecaySteps;
    private readonly float _periodFactor;
    private readonly float _rateFactor;
    private readonly float _alpha;

    /// <summary>Chooses the curve.</summary>
    /// <param name="initialLearningRate">The rate at step 0, not negative.</param>
    /// <param name="firstDecaySteps">The steps of the first period, at least 1.</param>
    /// <param name="periodFactor">How much longer each period is than the one before, at least 1.</param>
    /// <param name="rateFactor">How much the rate at the start of a period differs from the one before, not negative.</param>
    /// <param name="alpha">α, the share of the initial rate that is left at the end of a period, in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public CosineDecayRestarts(
        float initialLearningRate, int firstDecaySteps, float periodFactor = 2f, float rateFactor = 1f, float alpha = 0f)
    {
        _initialLearningRate = Require.NotNegative(initialLearningRate);
        _firstDecaySteps = Require.AtLeast(1, firstDecaySteps);
        _periodFactor = periodFactor >= 1f && float.IsFinite(periodFactor)
            ? periodFactor
            : throw new ArgumentOutOfRangeException(nameof(periodFactor), periodFactor, "periodFactor must be finite and at least 1.");
        _rateFactor = Require.NotNegative(rateFactor);
        _alpha = Require.InUnitInterval(alpha);
    }

    /// <inheritdoc/>
    public override float At(long step)
    {
        (double period, double fraction) = PeriodOf(step);
        double cosine = 0.5 * Math.Pow(_rateFactor, period) * (1 + Math.Cos(Math.PI * fraction));
        return (float)(_initialLearningRate * (((1.0 - _alpha) * cosine) + _alpha));
    }

    private (double Index, double Fraction) PeriodOf(long step)
    {
        double progress = (double)step / _firstDecaySteps;
        if (_periodFactor == 1f)
        {
            return (Math.Floor(progress), progress - Math.Floor(progress));
        }

        // The logarithm may miss a restart by its last bit: a step at a restart must not be counted to the period before.
        double grown = 1 + (progress * (_periodFactor - 1.0));
        double index = Math.Floor((Math.Log(grown) / Math.Log(_periodFactor)) + 1e-12);
        double length = Math.Pow(_periodFactor, index);
        double start = (length - 1) / (_periodFactor - 1.0);
        return (index, Math.Max(0, (progress - start) / length));
    }
}
