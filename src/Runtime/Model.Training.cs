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

    /// <summary>What each output is trained for; empty before <c>Compile</c>.</summary>
    internal OutputGoal[] Goals { get; private set; } = [];

    internal OptimizerState? OptimizerState { get; private set; }

    /// <summary>Chooses how to train and what to watch; an earlier choice and the optimizer's state, learning rate included, are forgotten.</summary>
    /// <param name="optimizer">The rule of the updates.</param>
    /// <param name="loss">What to minimize.</param>
    /// <param name="metrics">What to watch besides; a loss may stand here too.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">Two metrics have the same name.</exception>
    /// <exception cref="InvalidOperationException">The model is in training.</exception>
    public void Compile(Optimizer optimizer, Loss loss, params ReadOnlySpan<Metric> metrics)
    {
        ArgumentNullException.ThrowIfNull(loss);
        Compile(optimizer, [loss], lossWeights: null, [new OutputMetrics(metrics)]);
    }

    /// <summary>The same for a network of several outputs: a loss for each, in the order of the outputs.</summary>
    /// <param name="optimizer">The rule of the updates.</param>
    /// <param name="losses">What to minimize: the sum of these, each times its weight.</param>
    /// <param name="lossWeights">What each loss counts, finite and at least 0; without them each counts 1.</param>
    /// <param name="metrics">What to watch besides: for each output a metric, or several as <c>[first, second]</c>, or none as <c>[]</c>.</param>
    /// <remarks>
    /// The history has the sum as <c>loss</c> and, where there are several outputs, <c>digit_loss</c> and <c>digit_accuracy</c> for the output
    /// <c>digit</c>, unweighted, as that of Keras.
    /// </remarks>
    /// <example><code>
    /// model.Compile(
    ///     new Adam(),
    ///     losses: [new SparseCategoricalCrossentropy(), new BinaryCrossentropy()],
    ///     lossWeights: [1f, 0.5f],
    ///     metrics: [new Accuracy(), []]);
    /// </code></example>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">There is not one loss, weight and list of metrics for each output, a weight is negative or not
    /// finite, two metrics have the same name, or one metric watches two outputs.</exception>
    /// <exception cref="InvalidOperationException">The model is in training.</exception>
    public void Compile(
        Optimizer optimizer, IReadOnlyList<Loss> losses, IReadOnlyList<float>? lossWeights = null, IReadOnlyList<OutputMetrics>? metrics = null)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(losses);
        RequireNotTraining(nameof(Compile));
        Goals = OutputGoals.Of(Network, losses, lossWeights, metrics);
        Optimizer = optimizer;
        OptimizerState = new OptimizerState(optimizer, Network.TrainedFloats);
    }

    /// <summary>Trains for some epochs, as <c>keras.Model.fit</c> does.</summary>
    /// <param name="training">The samples to learn from.</param>
    /// <param name="epochs">The epoch to end before, counted from 0: how often to go through the samples, unless told otherwise below.</param>
    /// <param name="batchSize">Samples an update; a shorter last batch is kept.</param>
    /// <param name="validation">Evaluated after each epoch; then <paramref name="validationSplit"/> is ignored.</param>
    /// <param name="validationSplit">The share of the last rows to keep for validation, taken before shuffling.</param>
    /// <param name="shuffle">Whether to shuffle the samples in each epoch.</param>
    /// <param name="seed">Of shuffling and dropout; without one it follows from the model's seed and the number of <c>Fit</c> calls.</param>
    /// <param name="callbacks">Called in the given order.</param>
    /// <param name="threads">Threads to use; 0: all cores. The result does not depend on it.</param>
    /// <param name="cancellationToken">Ends training after the current batch; the model keeps what it learnt, <see cref="History"/> the
    /// epochs that were finished.</param>
    /// <param name="initialEpoch">The epoch to begin with, counted from 0, to go on with an earlier training; with the
    /// <paramref name="seed"/> of that, samples come in the order they would have had in it.</param>
    /// <param name="stepsPerEpoch">The batches of an epoch; by default as many as the samples give. Where one epoch ends, the next goes on;
    /// after all samples it begins anew with them, shuffled again. (Keras cuts the epoch short there, with a warning.)</param>
    /// <param name="classWeight">What the samples of a class count in the loss of training, by label or, where targets are one-hot, by
    /// the index of the largest; a class left out counts 1. Multiplied by the samples' own weights. (Keras takes one of both.)</param>
    /// <exception cref="InvalidOperationException">The model is not compiled.</exception>
    /// <exception cref="ArgumentException">The data do not fit the network or the loss, hold a value that is NaN or infinite (the message names
    /// row and column), or an argument is out of range.</exception>
    /// <exception cref="NonFiniteException">The loss or a gradient became NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public History Fit(
        Dataset training,
        int epochs = 1,
        int batchSize = 32,
        Dataset? validation = null,
        float validationSplit = 0f,
        bool shuffle = true,
        int? seed = null,
        IReadOnlyList<Callback>? callbacks = null,
        int threads = 0,
        CancellationToken cancellationToken = default,
        int initialEpoch = 0,
        int? stepsPerEpoch = null,
        IReadOnlyDictionary<int, float>? classWeight = null)
    {
        RequireCompiled(nameof(Fit));
        ArgumentNullException.ThrowIfNull(training);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        RequireSteps(stepsPerEpoch);
        DatasetCheck.Require(this, training, nameof(training));
        (training, validation) = ValidationSplit.Apply(training, validation, validationSplit);
        ReadOnlyMemory<float> weights = training.WeightMemory;
        if (classWeight is not null)
        {
            float[] combined = new float[training.Count];
            new ClassWeights(classWeight, Network).Fill(training, combined);
            weights = combined;
        }

        using var source = new DatasetBatches(training, weights, batchSize, stepsPerEpoch, shuffle);
        return Fit(source, epochs, initialEpoch, validation, seed, callbacks, threads, cancellationToken);
    }

    /// <summary>Trains on batches as they come: for data larger than memory.</summary>
    /// <param name="training">The batches, taken in their order and never shuffled, of any sizes: memory grows to the largest. Each is held
    /// against the network and the loss when it comes. An epoch goes through the whole sequence, once more for every epoch.</param>
    /// <param name="epochs">The epoch to end before, counted from 0.</param>
    /// <param name="validation">Evaluated after each epoch.</param>
    /// <param name="seed">Of dropout; without one it follows from the model's seed and the number of <c>Fit</c> calls.</param>
    /// <param name="callbacks">Called in the given order.</param>
    /// <param name="threads">Threads to use; 0: all cores. The result does not depend on it.</param>
    /// <param name="cancellationToken">Ends training after the current batch.</param>
    /// <param name="initialEpoch">The epoch to begin with, counted from 0; the sequence is taken from its beginning.</param>
    /// <param name="stepsPerEpoch">The batches of an epoch: required for a sequence that does not end. Where one epoch ends, the next goes
    /// on; after the end of the sequence it begins anew.</param>
    /// <param name="classWeight">What the samples of a class count in the loss, as in the other <c>Fit</c>.</param>
    /// <remarks>Definition: <c>keras.Model.fit</c> with a generator.</remarks>
    /// <exception cref="InvalidOperationException">The model is not compiled.</exception>
    /// <exception cref="ArgumentException">A batch does not fit the network or the loss, the sequence is empty, or an argument is out of
    /// range; the message names the batch.</exception>
    /// <exception cref="NonFiniteException">The loss or a gradient became NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public History Fit(
        IEnumerable<Batch> training,
        int epochs = 1,
        Dataset? validation = null,
        int? seed = null,
        IReadOnlyList<Callback>? callbacks = null,
        int threads = 0,
        CancellationToken cancellationToken = default,
        int initialEpoch = 0,
        int? stepsPerEpoch = null,
        IReadOnlyDictionary<int, float>? classWeight = null)
    {
        RequireCompiled(nameof(Fit));
        ArgumentNullException.ThrowIfNull(training);
        RequireSteps(stepsPerEpoch);
        ClassWeights? classWeights = classWeight is null ? null : new ClassWeights(classWeight, Network);
        using var source = new StreamedBatches(this, training, stepsPerEpoch, classWeights);
        return Fit(source, epochs, initialEpoch, validation, seed, callbacks, threads, cancellationToken);
    }

    private History Fit(
        BatchSource source,
        int epochs,
        int initialEpoch,
        Dataset? validation,
        int? seed,
        IReadOnlyList<Callback>? callbacks,
        int threads,
        CancellationToken cancellationToken)
    {
        RequireNotTraining(nameof(Fit));
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

        using var taken = new CallbackList(callbacks ?? []);
        History = new History { FirstEpoch = initialEpoch };
        var run = new FitRun(this, source, validation, cancellationToken)
        {
            Epochs = epochs,
            InitialEpoch = initialEpoch,
            Seed = seed is int value ? (uint)value : SeedOfNextFit,
            Threads = Math.Min(threads == 0 ? Environment.ProcessorCount : threads, MostThreads),
            Callbacks = taken,
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
        if (Goals.Length == 0)
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
