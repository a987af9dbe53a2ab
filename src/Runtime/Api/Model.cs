using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using Unroll.Api;
using Unroll.Checks;
using Unroll.Clusters;
using Unroll.Compiled;
using Unroll.Fitting;
using Unroll.Memory;
using Unroll.Running;

namespace Unroll;

/// <summary>A network: the base class of every class annotated with <c>[Network]</c>.</summary>
/// <remarks>What it adds to <see cref="ModelBase"/> is training: for one thread, while no other uses the model.</remarks>
/// <example><code>
/// var model = new DigitClassifier(seed: 42);
/// model.Compile(new Adam(), new SparseCategoricalCrossentropy(), new Accuracy());
/// History history = model.Fit(train, epochs: 5, validation: valid, callbacks: [new ProgressBar()]);
/// float[] probabilities = model.Predict(image);
/// </code></example>
[SuppressMessage("ApiDesign", "RS0022", Justification = "The base class shows nothing to classes outside this assembly but what is public.")]
public abstract partial class Model : ModelBase
{
    // More threads than this find no part to take in any network.
    private const int MostThreads = 256;

    /// <summary>Called by generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Model(Contract contract, NetworkDescription network, CompiledCode code, int? seed)
        : base(contract, network, code, seed)
    {
    }

    /// <summary>What generated code called before it carried a contract: it can only be refused.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Model(NetworkDescription network, int? seed)
        : base(static type => Contract.Refusal(type, "an older", "no contract"))
    {
    }

    /// <summary>
    /// Only for classes whose network is in error at compile time: without it every constructor of theirs would be an error as well.
    /// </summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Model()
        : base(static type => new InvalidOperationException($"{type.FullName} is not compiled, or one of its constructors does not call this(seed)."))
    {
    }

    /// <summary>The values of each epoch of the latest <c>Fit</c>, also of one that was cancelled or failed; null before the first.</summary>
    public History? History { get; private set; }

    /// <summary>What <c>Fit</c> has to say that does not end it; a <see cref="ProgressBar"/> prints it too.</summary>
    public event EventHandler<WarningEventArgs>? Warning;

    /// <summary>Chooses how to train and what to watch; an earlier choice and the optimizer's state, learning rate included, are forgotten.</summary>
    /// <param name="optimizer">The rule of the updates.</param>
    /// <param name="loss">What to minimize.</param>
    /// <param name="metrics">What to watch besides; a loss may stand here too.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">Two metrics have the same name, or one begins with <c>val_</c> or is <c>epoch</c> or
    /// <c>learning_rate</c>.</exception>
    /// <exception cref="InvalidOperationException">The model is in training, or measured by <c>Evaluate</c>.</exception>
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
    /// finite, two metrics have the same name, one is named <c>epoch</c> or <c>learning_rate</c> or watches two outputs, or the name of an output begins with <c>val_</c> or is
    /// <c>val</c>.</exception>
    /// <exception cref="InvalidOperationException">The model is in training, or measured by <c>Evaluate</c>.</exception>
    public void Compile(
        Optimizer optimizer, IReadOnlyList<Loss> losses, IReadOnlyList<float>? lossWeights = null, IReadOnlyList<OutputMetrics>? metrics = null)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(losses);
        using ParameterAccess.Writing compiling = Instance.Access.Configure(nameof(Compile));
        Instance.Compile(optimizer, OutputGoals.Of(Network, losses, lossWeights, metrics));
    }

    /// <summary>Trains on what a source gives, once the caller has access; the options were checked as far as they concern the source.</summary>
    private History Fit(
        BatchSource source, Dataset? validation, FitOptions options, RankGroup? ranks, CancellationToken cancellationToken)
    {
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
            DatasetCheck.Require(Network, Goals, validation, nameof(validation));
        }

        Adaptation.RequireDone(Instance);
        using MetricUse metrics = MetricUse.Begin(Goals);
        var measures = new EpochMeasures(Instance);
        var state = new FitState(Instance, measures.Logs, new History { FirstEpoch = initialEpoch })
        {
            Epochs = epochs,
            BatchesPerEpoch = source.BatchesPerEpoch,
            Training = source.Data,
            Validation = validation,
            BatchSize = source.Data is null ? 0 : source.Capacity,
            Seed = options.Seed is int value ? (uint)value : SeedOfNextFit,
            IsFirstRank = ranks is null or { Rank: 0 },
        };
        using var callbacks = new CallbackList(this, state, options.CallbacksWithProgress(), RaiseWarning);
        var run = new FitRun(state, source, measures, callbacks, cancellationToken)
        {
            InitialEpoch = initialEpoch,
            Threads = Math.Min(threads == 0 ? Processors.Count : threads, MostThreads),
            Ranks = ranks,
        };
        History = state.History;
        Fits++;
        run.Run();
        return History;
    }

    /// <summary>Trains with the processes of the options' cluster, which are told where this one fails.</summary>
    private static History FitTogether(FitOptions options, Func<RankGroup?, History> fit)
    {
        RankGroup? ranks = options.Cluster is null ? null : new RankGroup(options.Cluster);
        try
        {
            return fit(ranks);
        }
        catch (Exception exception) when (ranks is not null && exception is not ClusterException)
        {
            ranks.Fail();
            throw;
        }
    }

    private void RaiseWarning(string message) => Warning?.Invoke(this, new WarningEventArgs(message));

    private static void RequireSteps(int? stepsPerEpoch)
    {
        if (stepsPerEpoch is int steps)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps, nameof(stepsPerEpoch));
        }
    }
}
