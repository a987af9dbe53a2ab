using Unroll.Checks;
using Unroll.Clusters;
using Unroll.Fitting;
using Unroll.Memory;

namespace Unroll;

/// <content>The ways to call <c>Fit</c>.</content>
public abstract partial class Model
{
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
    /// <param name="verbose">Whether a <see cref="ProgressBar"/> shows how training goes where none is among the callbacks; without a word
    /// it does where standard output is a terminal.</param>
    /// <exception cref="InvalidOperationException">The model is not compiled, has a Normalization layer without <c>Adapt</c>, or shares a metric
    /// with a model that is measured at the moment.</exception>
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
        IReadOnlyDictionary<int, float>? classWeight = null,
        bool? verbose = null)
    {
        var options = new FitOptions
        {
            Epochs = epochs,
            BatchSize = batchSize,
            Validation = validation,
            ValidationSplit = validationSplit,
            Shuffle = shuffle,
            Seed = seed,
            Callbacks = callbacks,
            Threads = threads,
            InitialEpoch = initialEpoch,
            StepsPerEpoch = stepsPerEpoch,
            ClassWeight = classWeight,
            Verbose = verbose,
        };
        return Fit(training, options, cancellationToken);
    }

    /// <summary>Trains for some epochs, as told by options: those of the other <c>Fit</c>, by the same names.</summary>
    /// <param name="training">The samples to learn from.</param>
    /// <param name="options">How to train.</param>
    /// <param name="cancellationToken">Ends training after the current batch; the model keeps what it learnt, <see cref="History"/> the
    /// epochs that were finished.</param>
    /// <exception cref="InvalidOperationException">The model is not compiled, has a Normalization layer without <c>Adapt</c>, or shares a metric
    /// with a model that is measured at the moment.</exception>
    /// <exception cref="ArgumentException">The data do not fit the network or the loss, or an option is out of range.</exception>
    /// <exception cref="NonFiniteException">The loss or a gradient became NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    /// <example><code>
    /// var options = new FitOptions { Epochs = 20, BatchSize = 64, ValidationSplit = 0.1f };
    /// History history = model.Fit(train, options, cancellation.Token);
    /// </code></example>
    public History Fit(Dataset training, FitOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return FitTogether(options, ranks => Fit(training, options, ranks, cancellationToken));
    }

    private History Fit(Dataset training, FitOptions options, RankGroup? ranks, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(training);
        using ParameterAccess.Writing access = Instance.Access.Train(nameof(Fit));
        RequireCompiled(nameof(Fit));
        int batchSize = options.BatchSize;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        RequireSteps(options.StepsPerEpoch);
        DatasetCheck.Require(Network, Goals, training, nameof(training));
        (training, Dataset? validation) = ValidationSplit.Apply(training, options.Validation, options.ValidationSplit);
        BatchLimit.Require(Network, Goals, Math.Min(batchSize, training.Count), nameof(batchSize));
        ReadOnlyMemory<float> weights = training.WeightMemory;
        if (options.ClassWeight is not null)
        {
            float[] combined = new float[training.Count];
            new ClassWeights(options.ClassWeight, Network).Fill(training, combined);
            weights = combined;
        }

        using var source = new DatasetBatches(training, weights, batchSize, options.StepsPerEpoch, options.Shuffle);
        return Fit(source, validation, options, ranks, cancellationToken);
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
    /// <param name="verbose">Whether a <see cref="ProgressBar"/> shows how training goes where none is among the callbacks; without a word
    /// it does where standard output is a terminal.</param>
    /// <remarks>Definition: <c>keras.Model.fit</c> with a generator.</remarks>
    /// <exception cref="InvalidOperationException">The model is not compiled, or shares a metric with a model that is measured at the
    /// moment.</exception>
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
        IReadOnlyDictionary<int, float>? classWeight = null,
        bool? verbose = null)
    {
        var options = new FitOptions
        {
            Epochs = epochs,
            Validation = validation,
            Seed = seed,
            Callbacks = callbacks,
            Threads = threads,
            InitialEpoch = initialEpoch,
            StepsPerEpoch = stepsPerEpoch,
            ClassWeight = classWeight,
            Verbose = verbose,
        };
        return Fit(training, options, cancellationToken);
    }

    /// <summary>Trains on batches as they come, as told by options.</summary>
    /// <param name="training">The batches, taken in their order: <see cref="FitOptions.BatchSize"/> and <see cref="FitOptions.Shuffle"/> do
    /// not matter to them.</param>
    /// <param name="options">How to train.</param>
    /// <param name="cancellationToken">Ends training after the current batch.</param>
    /// <exception cref="InvalidOperationException">The model is not compiled, has a Normalization layer without <c>Adapt</c>, or shares a metric
    /// with a model that is measured at the moment.</exception>
    /// <exception cref="ArgumentException">A batch does not fit the network or the loss, the sequence is empty, or an option is out of
    /// range or, as a share for validation, not for sequences.</exception>
    /// <exception cref="NonFiniteException">The loss or a gradient became NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public History Fit(IEnumerable<Batch> training, FitOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return FitTogether(options, ranks => Fit(training, options, ranks, cancellationToken));
    }

    private History Fit(IEnumerable<Batch> training, FitOptions options, RankGroup? ranks, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(training);
        using ParameterAccess.Writing access = Instance.Access.Train(nameof(Fit));
        RequireCompiled(nameof(Fit));
        RequireSteps(options.StepsPerEpoch);
        float validationSplit = options.ValidationSplit;
        if (validationSplit != 0f)
        {
            throw new ArgumentOutOfRangeException(
                nameof(validationSplit), validationSplit, "A sequence of batches has no last rows to keep for validation; give Validation.");
        }

        ClassWeights? classWeights = options.ClassWeight is null ? null : new ClassWeights(options.ClassWeight, Network);
        using var source = new StreamedBatches(Instance, training, options.StepsPerEpoch, classWeights);
        return Fit(source, options.Validation, options, ranks, cancellationToken);
    }
}
