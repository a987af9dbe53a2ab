namespace Unroll;

/// <summary>Sets the learning rate before each epoch by a function of the epoch.</summary>
/// <remarks>
/// The learning rate appears as <c>learning_rate</c> in the logs and the history. Definition:
/// <c>keras.callbacks.LearningRateScheduler</c> (Keras 3). For a rate that changes with every step, give the optimizer a
/// <see cref="LearningRateSchedule"/>.
/// </remarks>
/// <example><code>
/// var halve = new LearningRateScheduler((epoch, rate) => epoch % 10 == 9 ? rate / 2 : rate);
/// model.Fit(train, epochs: 50, callbacks: [halve]);
/// </code></example>
public sealed class LearningRateScheduler : Callback
{
    private readonly Func<int, float, float> _schedule;

    /// <summary>Takes a function of the epoch, counted from 0, and the learning rate so far.</summary>
    /// <exception cref="ArgumentNullException">The function is null.</exception>
    public LearningRateScheduler(Func<int, float, float> schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        _schedule = schedule;
    }

    /// <summary>Takes a function of the epoch, counted from 0.</summary>
    /// <exception cref="ArgumentNullException">The function is null.</exception>
    public LearningRateScheduler(Func<int, float> schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        _schedule = (epoch, _) => schedule(epoch);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The optimizer's learning rate follows a schedule.</exception>
    public override void OnTrainBegin(TrainingContext context) =>
        context.Optimizer.RequireNoSchedule($"{nameof(LearningRateScheduler)} cannot set it.");

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The function returned a rate that is negative, infinite or NaN.</exception>
    public override void OnEpochBegin(TrainingContext context) =>
        context.LearningRate = _schedule(context.Epoch, context.LearningRate);

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context) => context.Report("learning_rate", context.LearningRate);
}
