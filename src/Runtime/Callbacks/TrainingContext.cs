using System.Diagnostics;

namespace Unroll;

/// <summary>What a <see cref="Callback"/> can see and do while <c>Fit</c> runs.</summary>
public sealed class TrainingContext
{
    private long _epochStart;
    private TimeSpan? _epochTime;

    internal TrainingContext(Model model, Optimizer optimizer, IReadOnlyList<Metric> metrics, Logs logs, History history)
    {
        Model = model;
        Optimizer = optimizer;
        Metrics = metrics;
        Logs = logs;
        History = history;
    }

    /// <summary>The model in training.</summary>
    public Model Model { get; }

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
        get => Model.OptimizerState!.LearningRate;
        set => Model.OptimizerState!.LearningRate = value;
    }

    /// <summary>The metrics given to <c>Compile</c>.</summary>
    public IReadOnlyList<Metric> Metrics { get; }

    /// <summary>The values so far in this epoch, with those of the validation at its end.</summary>
    public Logs Logs { get; }

    /// <summary>The finished epochs; at <see cref="Callback.OnEpochEnd"/> the current one is already in it.</summary>
    public History History { get; }

    /// <summary>The current epoch, from 0.</summary>
    public int Epoch { get; internal set; }

    /// <summary>The number of epochs asked for.</summary>
    public int Epochs { get; internal init; }

    /// <summary>The current batch of the epoch, from 0.</summary>
    public int Batch { get; internal set; }

    /// <summary>The number of batches in an epoch; 0 while that is not known, in the first epoch of a sequence of batches.</summary>
    public int BatchesPerEpoch { get; internal set; }

    /// <summary>
    /// At <see cref="Callback.OnBatchEnd"/>, how large each trained parameter, its gradient and its change were, in layer order; empty
    /// unless a callback's <see cref="Callback.WantsUpdateNorms"/> asked for it, or where the update failed.
    /// </summary>
    public IReadOnlyList<UpdateNorms> UpdateNorms { get; internal set; } = [];

    /// <summary>The samples to learn from, without those kept for validation; null for a sequence of batches.</summary>
    public Dataset? Training { get; internal init; }

    /// <summary>The samples that each epoch is evaluated on; null without any.</summary>
    public Dataset? Validation { get; internal init; }

    /// <summary>The samples of a batch; 0 for a sequence of batches.</summary>
    public int BatchSize { get; internal init; }

    /// <summary>The seed of shuffling and dropout.</summary>
    public long Seed { get; internal init; }

    /// <summary>The losses of the outputs, in the order of the outputs.</summary>
    public IReadOnlyList<Loss> Losses => [.. Model.Goals.Select(static goal => goal.Loss)];

    /// <summary>The outputs; in a row of targets, and in one of predictions, they stand one after another.</summary>
    public IReadOnlyList<TrainingOutput> Outputs => field ??= [.. Model.Goals.Select(TrainingOutput.Of)];

    /// <summary>The layers of the model, from its inputs on, without the way back.</summary>
    public NetworkGraph Graph => field ??= NetworkGraph.Of(Model.Network);

    /// <summary>The time spent in this epoch so far.</summary>
    public TimeSpan EpochTime
    {
        get => _epochTime ?? Stopwatch.GetElapsedTime(_epochStart);
        internal set => _epochTime = value;
    }

    /// <summary>Set to true to end training after this epoch.</summary>
    public bool StopTraining { get; set; }

    /// <summary>
    /// Whether this process is rank 0 of its <see cref="FitOptions.Cluster"/>, or alone: the one that writes files and to the console.
    /// </summary>
    public bool IsFirstRank { get; internal init; } = true;

    internal IReadOnlyList<Callback> Callbacks { get; init; } = [];

    /// <summary>Says something that does not end training: to <see cref="Model.Warning"/> and to every callback's <see cref="Callback.OnWarning"/>.</summary>
    public void Warn(string message)
    {
        ArgumentException.ThrowIfNullOrEmpty(message);
        Model.RaiseWarning(message);
        foreach (Callback callback in Callbacks)
        {
            callback.OnWarning(this, message);
        }
    }

    /// <summary>The metrics by their names in the logs, which those of several outputs begin with the output's.</summary>
    internal IEnumerable<(string Name, Metric Metric)> NamedMetrics => Model.Goals.Length > 1
        ? Model.Goals.SelectMany(static goal => goal.MetricNames.Zip(goal.Metrics))
        : Metrics.Select(static metric => (metric.Name, metric));

    internal void StartClock()
    {
        _epochStart = Stopwatch.GetTimestamp();
        _epochTime = null;
    }

    internal void StopClock() => _epochTime = EpochTime;

    /// <summary>At the end of an epoch, adds a value to its logs and to its line in the history.</summary>
    internal void Report(string name, float value)
    {
        Logs.Set(name, value);
        History.SetLast(name, value);
    }
}
