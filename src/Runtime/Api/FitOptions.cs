namespace Unroll;

/// <summary>How <c>Fit</c> trains: what the short call takes as arguments, with the same defaults.</summary>
/// <example><code>
/// var options = new FitOptions { Epochs = 20, Validation = valid, Callbacks = [new EarlyStopping(patience: 3)] };
/// model.Fit(train, options);
/// model.Fit(train, options with { InitialEpoch = 20, Epochs = 30 });
/// </code></example>
public sealed record FitOptions
{
    /// <summary>The epoch to end before, counted from 0: how often to go through the samples, unless told otherwise below.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>Samples an update; a shorter last batch is kept.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Evaluated after each epoch; then <see cref="ValidationSplit"/> is ignored.</summary>
    public Dataset? Validation { get; init; }

    /// <summary>The share of the last rows to keep for validation, taken before shuffling.</summary>
    public float ValidationSplit { get; init; }

    /// <summary>Whether to shuffle the samples in each epoch.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Of shuffling and dropout; without one it follows from the model's seed and the number of <c>Fit</c> calls.</summary>
    public int? Seed { get; init; }

    /// <summary>Called in the given order.</summary>
    public IReadOnlyList<Callback>? Callbacks { get; init; }

    /// <summary>Threads to use; 0: all cores. The result does not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>The epoch to begin with, counted from 0, to go on with an earlier training.</summary>
    public int InitialEpoch { get; init; }

    /// <summary>The batches of an epoch; by default as many as the samples give.</summary>
    public int? StepsPerEpoch { get; init; }

    /// <summary>What the samples of a class count in the loss of training; a class left out counts 1.</summary>
    public IReadOnlyDictionary<int, float>? ClassWeight { get; init; }

    /// <summary>
    /// The processes that train this model together, each with its own share of the samples (<see cref="Dataset.Shard"/>); null, the default:
    /// this one alone.
    /// </summary>
    /// <remarks>
    /// Training begins with the weights, the optimizer's state and the seed of rank 0. A step takes a batch of every rank, averages the
    /// gradients over all their samples and updates every rank alike, so that the parameters have the same bits on all after each; a batch
    /// is then <see cref="ITrainingCluster.Size"/> times <see cref="BatchSize"/> samples. Losses, and at the end of an epoch metrics, are those
    /// of all ranks. Callbacks run on every rank; those of this library write files on rank 0 only. A <see cref="ClusterException"/> ends
    /// training where another rank has failed.
    /// </remarks>
    public ITrainingCluster? Cluster { get; init; }

    /// <summary>
    /// Whether a <see cref="ProgressBar"/> shows how training goes where none is among the <see cref="Callbacks"/>; null, the default: where
    /// standard output is a terminal.
    /// </summary>
    public bool? Verbose { get; init; }

    internal IReadOnlyList<Callback> CallbacksWithProgress()
    {
        IReadOnlyList<Callback> callbacks = Callbacks ?? [];
        bool shows = Cluster is null or { Rank: 0 } && (Verbose ?? !Console.IsOutputRedirected) && !callbacks.Any(static callback => callback is ProgressBar);

        // Last: it shows what the others add to the values of an epoch.
        return shows ? [.. callbacks, new ProgressBar()] : callbacks;
    }
}
