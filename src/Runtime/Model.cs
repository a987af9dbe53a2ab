using System.ComponentModel;
using System.Runtime.InteropServices;
using Unroll.Compiled;
using Unroll.Numerics;

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
public abstract partial class Model
{
    private readonly CompiledCode _code;
    private readonly ulong _seed;
    private readonly PreparedValues _prepared;
    private readonly PreparedValues? _streamPrepared;
    private readonly int _inputSize;
    private readonly int _outputSize;

    /// <summary>Called by generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Model(Contract contract, NetworkDescription network, CompiledCode code, int? seed)
    {
        ArgumentNullException.ThrowIfNull(contract);
        Network = network;
        _code = code;
        _inputSize = network.InputSize;
        _outputSize = network.OutputSize;
        _seed = seed is int value ? (uint)value : (ulong)Random.Shared.NextInt64();
        ParameterArena = new Arena(network.ParameterFloats);
        _prepared = new PreparedValues(network.PreparedFloats, arena => _code.Prepare(ref ParameterArena.Origin, ref arena.Origin));
        _streamPrepared = network.Stream is { PreparedFloats: int floats }
            ? new PreparedValues(floats, arena => _code.PrepareStream(ref ParameterArena.Origin, ref arena.Origin))
            : null;
        Parameters = new ParameterCollection(network.Parameters.Select(parameter => new Parameter(parameter, ParameterArena, NoteChange)));
        Initialize();
    }

    /// <summary>What generated code called before it carried a contract: it can only be refused.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Model(NetworkDescription network, int? seed) => throw Contract.Refusal(GetType(), "an older", "no contract");

    /// <summary>
    /// Only for classes whose network is in error at compile time: without it every constructor of theirs would be an error as well.
    /// </summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Model() =>
        throw new InvalidOperationException($"{GetType().FullName} is not compiled, or one of its constructors does not call this(seed).");

    /// <summary>The parameters in layer order, by position or by name: <c>model.Parameters["dense1/kernel"]</c>.</summary>
    public ParameterCollection Parameters { get; }

    /// <summary>The width in bits of the vectors that networks run on in this process: 512, 256 or 128.</summary>
    /// <remarks>
    /// The widest the processor has, unless the runtime is told otherwise. A program published with NativeAOT runs on the width it was
    /// compiled for: 128 where <c>UnrollInstructionSet</c> was not set.
    /// </remarks>
    public static int VectorBits => SimdWidth.Bits;

    internal NetworkDescription Network { get; }

    internal Arena ParameterArena { get; }

    /// <summary>The network's outputs for some samples.</summary>
    /// <param name="inputs">n × InputSize values, row-major.</param>
    /// <returns>n × OutputSize values, row-major.</returns>
    /// <exception cref="ArgumentException">The length is not a multiple of InputSize, or a value is no id of the embedding that reads it.</exception>
    public float[] Predict(ReadOnlySpan<float> inputs)
    {
        long size = (long)RowsOf(inputs) * Network.OutputSize;
        if (size > Array.MaxLength)
        {
            throw new ArgumentException($"The outputs of these samples would be {size} values; pass fewer samples at a time.", nameof(inputs));
        }

        float[] outputs = new float[size];
        Predict(inputs, outputs);
        return outputs;
    }

    /// <summary>The network's outputs for some samples; allocates nothing after a thread's first call.</summary>
    /// <param name="inputs">n × InputSize values, row-major.</param>
    /// <param name="outputs">Receives n × OutputSize values, row-major.</param>
    /// <exception cref="ArgumentException">A length is not what the other requires, the spans overlap, or a value is no id of the embedding that reads it.</exception>
    public void Predict(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        // A single sample is asked for where every nanosecond counts.
        if (inputs.Length == _inputSize && outputs.Length == _outputSize && !inputs.Overlaps(outputs))
        {
            IdCheck.Require(Network, inputs, nameof(inputs));
            Predictor.RunSingle(this, inputs, outputs);
            return;
        }

        int rows = RowsOf(inputs);
        if (outputs.Length != (long)rows * Network.OutputSize)
        {
            throw new ArgumentException(
                $"{rows} samples need {(long)rows * Network.OutputSize} outputs ({rows} × {Network.OutputSize}), but there is room for {outputs.Length}.",
                nameof(outputs));
        }

        if (inputs.Overlaps(outputs))
        {
            throw new ArgumentException("Inputs and outputs must not overlap: outputs are written while inputs are still read.", nameof(outputs));
        }

        IdCheck.Require(Network, inputs, nameof(inputs));
        Predictor.Run(this, inputs, outputs, rows);
    }

    /// <summary>The table of layers, output shapes and parameter counts, as <c>keras.Model.summary</c> prints it on a terminal of 80 columns.</summary>
    public string Summary() => SummaryTable.Of(Network);

    internal void RunSamples(TrainingStep step, int phase, ref float block, nuint local, nuint first, nuint samples) =>
        _code.TrainSamples(step, phase, ref block, local, first, samples);

    internal void RunPart(TrainingStep step, int phase, int part) => _code.TrainPart(step, phase, part);

    /// <summary>Runs at most a block of samples; outputs and logits stay in <paramref name="block"/>.</summary>
    internal void Infer(ReadOnlySpan<float> inputs, Arena block, int count) =>
        _code.Infer(
            ref MemoryMarshal.GetReference(inputs), ref ParameterArena.Origin, ref _prepared.Current.Origin, ref block.Origin, (nuint)count);

    /// <summary>Runs a single sample; its output stays in <paramref name="block"/>.</summary>
    internal void Infer(ReadOnlySpan<float> input, Arena block) => _code.InferSample(
        ref MemoryMarshal.GetReference(input), ref ParameterArena.Origin, ref _prepared.Current.Origin, ref block.Origin);

    /// <summary>Called after every change of a parameter.</summary>
    internal void NoteChange()
    {
        _prepared.Invalidate();
        _streamPrepared?.Invalidate();
    }

    /// <summary>Runs one step of a stream, whose memory <paramref name="block"/> is; its outputs stay there.</summary>
    internal void Step(ref float frame, Arena block) =>
        _code.Step(ref frame, ref ParameterArena.Origin, ref _streamPrepared!.Current.Origin, ref block.Origin);

    internal void PrepareObservation(Arena temporaries) => _code.PrepareObservation(ref ParameterArena.Origin, ref temporaries.Origin);

    internal void Observe(Arena temporaries, Arena block, int count) =>
        _code.Observe(ref ParameterArena.Origin, ref temporaries.Origin, ref block.Origin, (nuint)count);

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
            if (parameter.PartOfOnes >= 0)
            {
                int part = values.Length / parameter.Parts;
                values.AsSpan(parameter.PartOfOnes * part, part).Fill(1f);
            }

            Parameters[i].Initialize(values);
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
}
