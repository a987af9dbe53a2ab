using Unroll.Fitting;

namespace Unroll;

/// <summary>What a <see cref="Callback"/> can see and do while <c>Fit</c> runs.</summary>
public sealed class TrainingContext
{
    private readonly Action<string> _warn;

    /// <param name="model">The model in training.</param>
    /// <param name="state">Where training is.</param>
    /// <param name="warn">Takes what does not end training to all who listen.</param>
    internal TrainingContext(ModelBase model, FitState state, Action<string> warn)
    {
        Model = model;
        State = state;
        Optimizer = state.Instance.Optimizer!;
        Metrics = [.. state.Instance.Goals.SelectMany(static goal => goal.Metrics)];
        _warn = warn;
    }

    /// <summary>The model in training, which callbacks look at and do not train.</summary>
    public ModelBase Model { get; }

    /// <summary>Its optimizer: the settings with which training began.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>The learning rate of the step to come; callbacks may change it, unless it follows a schedule.</summary>
    /// <remarks>It belongs to the model's training: it lasts until the next <c>Compile</c>, and other models do not see it.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or NaN.</exception>
    /// <exception cref="InvalidOperationException">
    /// Set: the rate follows a schedule. Read: the schedule returned a rate that is negative, infinite or NaN.
    /// </exception>
    public float LearningRate
    {
        get => State.Instance.OptimizerState!.LearningRate;
        set => State.Instance.OptimizerState!.LearningRate = value;
    }

    /// <summary>The metrics given to <c>Compile</c>.</summary>
    public IReadOnlyList<Metric> Metrics { get; }

    /// <summary>The values so far in this epoch, with those of the validation at its end.</summary>
    public Logs Logs => State.Logs;

    /// <summary>The finished epochs; at <see cref="Callback.OnEpochEnd"/> the current one is already in it.</summary>
    public History History => State.History;

    /// <summary>The current epoch, from 0.</summary>
    public int Epoch => State.Epoch;

    /// <summary>The number of epochs asked for.</summary>
    public int Epochs => State.Epochs;

    /// <summary>The current batch of the epoch, from 0.</summary>
    public int Batch => State.Batch;

    /// <summary>The number of batches in an epoch; 0 while that is not known, in the first epoch of a sequence of batches.</summary>
    public int BatchesPerEpoch => State.BatchesPerEpoch;

    /// <summary>
    /// At <see cref="Callback.OnBatchEnd"/>, how large each trained parameter, its gradient and its change were, in layer order; empty
    /// unless a callback's <see cref="Callback.WantsUpdateNorms"/> asked for it, or where the update failed.
    /// </summary>
    public IReadOnlyList<UpdateNorms> UpdateNorms => State.UpdateNorms;

    /// <summary>The samples to learn from, without those kept for validation; null for a sequence of batches.</summary>
    public Dataset? Training => State.Training;

    /// <summary>The samples that each epoch is evaluated on; null without any.</summary>
    public Dataset? Validation => State.Validation;

    /// <summary>The samples of a batch; 0 for a sequence of batches.</summary>
    public int BatchSize => State.BatchSize;

    /// <summary>The seed of shuffling and dropout.</summary>
    public long Seed => (long)State.Seed;

    /// <summary>The losses of the outputs, in the order of the outputs.</summary>
    public IReadOnlyList<Loss> Losses => [.. State.Instance.Goals.Select(static goal => goal.Loss)];

    /// <summary>The outputs; in a row of targets, and in one of predictions, they stand one after another.</summary>
    public IReadOnlyList<TrainingOutput> Outputs => field ??= [.. State.Instance.Goals.Select(TrainingOutput.Of)];

    /// <summary>The layers of the model, from its inputs on, without the way back.</summary>
    public NetworkGraph Graph => field ??= NetworkGraph.Of(Model.Network);

    /// <summary>The time spent in this epoch so far.</summary>
    public TimeSpan EpochTime => State.EpochTime;

    /// <summary>
    /// Set to true to end training: behind the batch that runs, or the first one of an epoch that begins; behind an epoch whose batches are done. What
    /// ends any epoch, as its validation, still comes.
    /// </summary>
    public bool StopTraining
    {
        get => State.StopTraining;
        set => State.StopTraining = value;
    }

    /// <summary>
    /// Whether this process is rank 0 of its <see cref="FitOptions.Cluster"/>, or alone: the one that writes files and to the console.
    /// </summary>
    public bool IsFirstRank => State.IsFirstRank;

    internal FitState State { get; }

    /// <summary>Says something that does not end training: to <see cref="Unroll.Model.Warning"/> and to every callback's <see cref="Callback.OnWarning"/>.</summary>
    public void Warn(string message)
    {
        ArgumentException.ThrowIfNullOrEmpty(message);
        _warn(message);
    }

    /// <summary>The metrics by their names in the logs, which those of several outputs begin with the output's.</summary>
    internal IEnumerable<(string Name, Metric Metric)> NamedMetrics => State.Instance.Goals.Length > 1
        ? State.Instance.Goals.SelectMany(static goal => goal.MetricNames.Zip(goal.Metrics))
        : Metrics.Select(static metric => (metric.Name, metric));

    /// <summary>At the end of an epoch, adds a value to its logs and to its line in the history.</summary>
    internal void Report(string name, float value)
    {
        Logs.Set(name, value);
        History.SetLast(name, value);
    }
}
