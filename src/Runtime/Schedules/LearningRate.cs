namespace Unroll;

/// <summary>The learning rate an optimizer is made with: a number, or a <see cref="LearningRateSchedule"/>.</summary>
/// <remarks>
/// Both convert to it by themselves, so that an optimizer takes either: <c>new Adam(1e-3f)</c>,
/// <c>new Adam(new CosineDecay(1e-3f, decaySteps: 10_000))</c>. The <c>default</c> stands for the optimizer's own default.
/// </remarks>
/// <example><code>
/// var schedule = new ExponentialDecay(0.1f, decaySteps: 1000, decayRate: 0.96f);
/// model.Compile(new SGD(learningRate: schedule, momentum: 0.9f), new MeanSquaredError());
/// </code></example>
public readonly struct LearningRate
{
    private readonly float? _rate;

    private LearningRate(float? rate, LearningRateSchedule? schedule)
    {
        _rate = rate;
        Schedule = schedule;
    }

    /// <summary>The schedule; null where the rate is a number.</summary>
    public LearningRateSchedule? Schedule { get; }

    internal float? Number => _rate;

    /// <summary>A rate that stays until a callback changes it.</summary>
    public static implicit operator LearningRate(float rate) => new(rate, schedule: null);

    /// <summary>A rate that follows a schedule.</summary>
    /// <exception cref="ArgumentNullException">The schedule is null.</exception>
    public static implicit operator LearningRate(LearningRateSchedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        return new LearningRate(rate: null, schedule);
    }

    /// <summary>This rate, or <paramref name="otherwise"/> where none was given: the default of an optimizer of your own.</summary>
    public LearningRate Or(float otherwise) => _rate is null && Schedule is null ? otherwise : this;
}
