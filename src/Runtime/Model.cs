using System.ComponentModel;
using System.Runtime.InteropServices;
using Unroll.Compiled;
using Unroll.Serialization;

namespace Unroll;

/// <summary>A network: the base class of every class annotated with <c>[Network]</c>.</summary>
/// <remarks>
/// <see cref="Predict(ReadOnlySpan{float}, Span{float})"/> may be called by many threads at once, as long as none trains or assigns
/// parameters at the same time. Everything else is for one thread.
/// </remarks>
/// <example><code>
/// var model = new DigitClassifier(seed: 42);
/// model.Compile(new Adam(), new SparseCategoricalCrossentropy(), new Accuracy());
/// History history = model.Fit(train, epochs: 5, validation: valid, callbacks: [new ProgressBar()]);
/// float[] probabilities = model.Predict(image);
/// </code></example>
public abstract class Model
{
    private readonly ulong _seed;
    private readonly PreparedValues _prepared;
    private int _fits;

    /// <summary>Called by generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Model(NetworkDescription network, int? seed)
    {
        Network = network;
        _seed = seed is int value ? (uint)value : (ulong)Random.Shared.NextInt64();
        ParameterArena = new Arena(network.ParameterFloats);
        _prepared = new PreparedValues(this);
        Parameters = [.. network.Parameters.Select(parameter => new Parameter(parameter, ParameterArena, NoteChange))];
        Initialize();
    }

    /// <summary>
    /// Only for classes whose network is in error at compile time: without it every constructor of theirs would be an error as well.
    /// </summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Model() =>
        throw new InvalidOperationException($"{GetType().FullName} is not compiled, or one of its constructors does not call this(seed).");

    /// <summary>The parameters in layer order.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The values of each epoch of the latest <c>Fit</c>, also of one that was cancelled or failed; null before the first.</summary>
    public History? History { get; private set; }

    internal NetworkDescription Network { get; }

    internal Arena ParameterArena { get; }

    internal Optimizer? Optimizer { get; private set; }

    internal Loss? Loss { get; private set; }

    internal IReadOnlyList<Metric> Metrics { get; private set; } = [];

    internal OptimizerState? OptimizerState { get; private set; }

    /// <summary>Chooses how to train and what to watch; an earlier choice and the optimizer's state are forgotten.</summary>
    /// <param name="optimizer">The rule of the updates.</param>
    /// <param name="loss">What to minimize.</param>
    /// <param name="metrics">What to watch besides; a loss may stand here too.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">Two metrics have the same name.</exception>
    public void Compile(Optimizer optimizer, Loss loss, params ReadOnlySpan<Metric> metrics)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(loss);
        var names = new HashSet<string> { "loss" };
        foreach (Metric metric in metrics)
        {
            ArgumentNullException.ThrowIfNull(metric, nameof(metrics));
            if (!names.Add(metric.Name))
            {
                throw new ArgumentException($"There are two metrics named '{metric.Name}'.", nameof(metrics));
            }
        }

        Optimizer = optimizer;
        Optimizer.StepsTaken = 0;
        Loss = loss;
        Metrics = metrics.ToArray();
        OptimizerState = new OptimizerState(optimizer, Network.TrainedFloats);
    }

    /// <summary>Trains for some epochs, as <c>keras.Model.fit</c> does.</summary>
    /// <param name="training">The samples to learn from.</param>
    /// <param name="epochs">How often to go through them.</param>
    /// <param name="batchSize">Samples an update; a shorter last batch is kept.</param>
    /// <param name="validation">Evaluated after each epoch; then <paramref name="validationSplit"/> is ignored.</param>
    /// <param name="validationSplit">The share of the last rows to keep for validation, taken before shuffling.</param>
    /// <param name="shuffle">Whether to shuffle the samples in each epoch.</param>
    /// <param name="seed">Of shuffling and dropout; without one it follows from the model's seed and the number of <c>Fit</c> calls.</param>
    /// <param name="callbacks">Called in the given order.</param>
    /// <param name="threads">Threads to use; 0: all cores. The result does not depend on it.</param>
    /// <param name="cancellationToken">Ends training after the current batch; the model keeps what it learnt, <see cref="History"/> the
    /// epochs that were finished.</param>
    /// <exception cref="InvalidOperationException">The model is not compiled.</exception>
    /// <exception cref="ArgumentException">The data do not fit the network or the loss, or an argument is out of range.</exception>
    /// <exception cref="NonFiniteException">The loss, a gradient or a parameter became NaN or infinite.</exception>
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
        CancellationToken cancellationToken = default)
    {
        RequireCompiled(nameof(Fit));
        ArgumentNullException.ThrowIfNull(training);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epochs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        (training, validation) = ValidationSplit.Apply(training, validation, validationSplit);
        DatasetCheck.Require(this, training, nameof(training));
        if (validation is not null)
        {
            DatasetCheck.Require(this, validation, nameof(validation));
        }

        History = new History();
        var run = new FitRun(this, training, validation, cancellationToken)
        {
            Epochs = epochs,
            BatchSize = Math.Min(batchSize, training.Count),
            Shuffle = shuffle,
            Seed = seed is int value ? (uint)value : RandomSource.Combine(_seed, (ulong)_fits),
            Threads = threads == 0 ? Environment.ProcessorCount : threads,
            Callbacks = callbacks ?? [],
        };
        _fits++;
        run.Run();
        return History;
    }

    /// <summary>The loss and the metrics over some data, without noise and without learning.</summary>
    /// <exception cref="InvalidOperationException">The model is not compiled.</exception>
    /// <exception cref="ArgumentException">The data do not fit the network or the loss.</exception>
    public EvaluationResult Evaluate(Dataset data, int batchSize = 32)
    {
        RequireCompiled(nameof(Evaluate));
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        DatasetCheck.Require(this, data, nameof(data));
        var logs = new Logs();
        new Evaluator(this).Run(data, logs, prefix: "", CancellationToken.None);
        return new EvaluationResult(logs);
    }

    /// <summary>The network's outputs for some samples.</summary>
    /// <param name="inputs">n × InputSize values, row-major.</param>
    /// <returns>n × OutputSize values, row-major.</returns>
    /// <exception cref="ArgumentException">The length is not a multiple of InputSize.</exception>
    public float[] Predict(ReadOnlySpan<float> inputs)
    {
        float[] outputs = new float[checked(RowsOf(inputs) * Network.OutputSize)];
        Predict(inputs, outputs);
        return outputs;
    }

    /// <summary>The network's outputs for some samples; allocates nothing after a thread's first call.</summary>
    /// <param name="inputs">n × InputSize values, row-major.</param>
    /// <param name="outputs">Receives n × OutputSize values, row-major.</param>
    /// <exception cref="ArgumentException">A length is not what the other requires.</exception>
    public void Predict(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        int rows = RowsOf(inputs);
        if (outputs.Length != (long)rows * Network.OutputSize)
        {
            throw new ArgumentException(
                $"{rows} samples need {(long)rows * Network.OutputSize} outputs ({rows} × {Network.OutputSize}), but there is room for {outputs.Length}.",
                nameof(outputs));
        }

        Predictor.Run(this, inputs, outputs, rows);
    }

    /// <summary>The loss of a batch and its derivative by every parameter, in training mode, without an update.</summary>
    /// <remarks>Dropout draws the masks of the next training step, so repeated calls see the same.</remarks>
    /// <exception cref="InvalidOperationException">The model is not compiled.</exception>
    /// <exception cref="ArgumentException">The data do not fit the network or the loss.</exception>
    public Gradients ComputeGradients(Dataset batch)
    {
        RequireCompiled(nameof(ComputeGradients));
        ArgumentNullException.ThrowIfNull(batch);
        DatasetCheck.Require(this, batch, nameof(batch));
        return GradientRun.Run(this, batch, RandomSource.Combine(_seed, (ulong)OptimizerState!.Iteration));
    }

    /// <summary>Writes all parameters to a safetensors file. A crash leaves the old file or the new one, never a part.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ModelWeights.Save(Parameters, path);
    }

    /// <summary>Replaces all parameters by those of a file that <see cref="Save"/> wrote; on an error none is changed.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or its parameters differ by name or shape; the message says which.</exception>
    public void LoadWeights(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ModelWeights.Load(Parameters, path);
    }

    /// <summary>The table of layers, output shapes and parameter counts.</summary>
    public string Summary() => SummaryTable.Of(Network);

    /// <summary>Implemented by generated code: the forward pass of at most one block.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract void InferBlock(
        ref float input, ref float parameters, ref float temporaries, ref float block, nuint samples);

    /// <summary>Implemented by generated code: what inference computes from the parameters alone.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract void Prepare(ref float parameters, ref float temporaries);

    /// <summary>Implemented by generated code: one phase of a training step for some samples of one block.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract void TrainSamples(TrainingStep step, int phase, ref float block, nuint local, nuint first, nuint samples);

    /// <summary>Implemented by generated code: one part of one phase of a training step.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract void TrainPart(TrainingStep step, int phase, int part);

    internal void RunSamples(TrainingStep step, int phase, ref float block, nuint local, nuint first, nuint samples) =>
        TrainSamples(step, phase, ref block, local, first, samples);

    internal void RunPart(TrainingStep step, int phase, int part) => TrainPart(step, phase, part);

    /// <summary>Runs at most a block of samples; outputs and logits stay in <paramref name="block"/>.</summary>
    internal void Infer(ReadOnlySpan<float> inputs, Arena block, int count) =>
        InferBlock(
            ref MemoryMarshal.GetReference(inputs), ref ParameterArena.Origin, ref _prepared.Current.Origin, ref block.Origin, (nuint)count);

    /// <summary>Called after every change of a parameter.</summary>
    internal void NoteChange() => _prepared.Invalidate();

    internal void RunPreparation(Arena temporaries) => Prepare(ref ParameterArena.Origin, ref temporaries.Origin);

    internal virtual float[] CaptureWeights() => ParameterArena.Span.ToArray();

    internal void RestoreWeights(float[] weights)
    {
        weights.CopyTo(ParameterArena.Span);
        NoteChange();
    }

    private void Initialize()
    {
        for (int i = 0; i < Parameters.Count; i++)
        {
            ParameterDescription parameter = Network.Parameters[i];
            float[] values = new float[Parameters[i].Count];
            ParameterInitializer.Fill(InitializerRule.Of(parameter), [.. parameter.Shape], values, new RandomSource(_seed, (ulong)i));
            Parameters[i].Assign(values);
        }
    }

    private int RowsOf(ReadOnlySpan<float> inputs)
    {
        (int rows, int rest) = Math.DivRem(inputs.Length, Network.InputSize);
        return rest == 0
            ? rows
            : throw new ArgumentException(
                $"{Network.Name} takes samples of {Network.InputSize} values, but got {inputs.Length} values, which is no multiple.",
                nameof(inputs));
    }

    private void RequireCompiled(string method)
    {
        if (Loss is null)
        {
            throw new InvalidOperationException($"Call Compile(optimizer, loss, ...) before {method}.");
        }
    }
}
