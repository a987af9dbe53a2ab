namespace Unroll;

/// <content>What trains.</content>
public abstract partial class Model
{
    // More threads than this find no part to take in any network.
    private const int MostThreads = 256;

    private int _fits;
    private bool _isTraining;

    /// <summary>The values of each epoch of the latest <c>Fit</c>, also of one that was cancelled or failed; null before the first.</summary>
    public History? History { get; private set; }

    /// <summary>What <c>Fit</c> has to say that does not end it; a <see cref="ProgressBar"/> prints it too.</summary>
    public event EventHandler<WarningEventArgs>? Warning;

    internal Optimizer? Optimizer { get; private set; }

    internal Loss? Loss { get; private set; }

    // An array: a call through an interface for every sample would take longer than a metric.
    internal Metric[] Metrics { get; private set; } = [];

    internal OptimizerState? OptimizerState { get; private set; }

    /// <summary>Chooses how to train and what to watch; an earlier choice and the optimizer's state, learning rate included, are forgotten.</summary>
    /// <param name="optimizer">The rule of the updates.</param>
    /// <param name="loss">What to minimize.</param>
    /// <param name="metrics">What to watch besides; a loss may stand here too.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">Two metrics have the same name, or one begins with <c>val_</c>.</exception>
    /// <exception cref="InvalidOperationException">The model is in training.</exception>
    public void Compile(Optimizer optimizer, Loss loss, params ReadOnlySpan<Metric> metrics)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(loss);
        RequireNotTraining(nameof(Compile));
        var names = new HashSet<string> { "loss" };
        foreach (Metric metric in metrics)
        {
            ArgumentNullException.ThrowIfNull(metric, nameof(metrics));
            if (!names.Add(metric.Name))
            {
                throw new ArgumentException(
                    $"There are two metrics named '{NameList.Shortened(metric.Name)}', the loss counted. Give one a Name of its own.", nameof(metrics));
            }

            if (metric.Name.StartsWith("val_", StringComparison.Ordinal))
            {
                throw new ArgumentException(
                    $"A metric cannot be named '{NameList.Shortened(metric.Name)}': val_ is what stands before the values of the validation.", nameof(metrics));
            }
        }

        Optimizer = optimizer;
        Loss = loss;
        Metrics = metrics.ToArray();
        OptimizerState = new OptimizerState(optimizer, Network.TrainedFloats);
    }

    /// <summary>Trains on what a source gives; the options were checked as far as they concern that.</summary>
    private History Fit(BatchSource source, Dataset? validation, FitOptions options, CancellationToken cancellationToken)
    {
        RequireNotTraining(nameof(Fit));
        (int epochs, int initialEpoch, int threads) = (options.Epochs, options.InitialEpoch, options.Threads);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epochs);
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        if (initialEpoch < 0 || initialEpoch >= epochs)
        {
            throw new ArgumentOutOfRangeException(
                nameof(initialEpoch), initialEpoch, $"The epoch to begin with must be in 0..{epochs - 1}: epochs, {epochs}, counts it too.");
        }

        if (validation is not null)
        {
            DatasetCheck.Require(this, validation, nameof(validation));
        }

        Adaptation.RequireDone(this);
        using var callbacks = new CallbackList(options.CallbacksWithProgress());
        History = new History { FirstEpoch = initialEpoch };
        var run = new FitRun(this, source, validation, cancellationToken)
        {
            Epochs = epochs,
            InitialEpoch = initialEpoch,
            Seed = options.Seed is int value ? (uint)value : SeedOfNextFit,
            Threads = Math.Min(threads == 0 ? Processors.Count : threads, MostThreads),
            Callbacks = callbacks,
        };
        _fits++;
        _isTraining = true;
        try
        {
            run.Run();
        }
        finally
        {
            _isTraining = false;
        }

        return History;
    }

    internal void RaiseWarning(string message) => Warning?.Invoke(this, new WarningEventArgs(message));

    private static void RequireSteps(int? stepsPerEpoch)
    {
        if (stepsPerEpoch is int steps)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps, nameof(stepsPerEpoch));
        }
    }

    private void RequireCompiled(string method)
    {
        if (Loss is null)
        {
            throw new InvalidOperationException($"Call Compile(optimizer, loss, ...) before {method}.");
        }
    }

    private ulong SeedOfNextFit => RandomSource.Combine(_seed, (ulong)_fits);

    private void RequireNotTraining(string method)
    {
        if (_isTraining)
        {
            throw new InvalidOperationException($"{method} cannot be called while the model is in training, as from a callback or another thread.");
        }
    }
}
