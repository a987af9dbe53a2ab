using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Unroll.Checks;
using Unroll.Compiled;
using Unroll.Memory;

namespace Unroll.Running;

/// <summary>A network's code together with parameters: all that predicting needs.</summary>
internal sealed class Inference
{
    private readonly CompiledCode _code;
    private readonly Arena _parameters;
    private readonly PreparedValues _prepared;

    // Those of a block where a single sample needs no others.
    private readonly PreparedValues _samplePrepared;

    public Inference(NetworkDescription network, CompiledCode code, Arena parameters)
    {
        Network = network;
        _code = code;
        _parameters = parameters;
        _prepared = new PreparedValues(network.PreparedFloats, values => code.Prepare(ref parameters.Origin, ref values.Origin));
        _samplePrepared = network.SamplePreparedFloats is int floats
            ? new PreparedValues(floats, values => code.PrepareSample(ref parameters.Origin, ref values.Origin))
            : _prepared;
        CopiedInputs = network.Inputs.Count == 1 ? [] : [.. network.Inputs];
        Outputs = [.. network.Outputs];
        SampleFloats = network.SampleFloats;
        HasIds = network.HasIds;
        InputSize = network.InputSize;
        OutputSize = network.OutputSize;
        SampleOutput = CopiedInputs.Length == 0 && Outputs is [{ Vectors: 1 } only] ? only.SampleOffset : -1;
    }

    public NetworkDescription Network { get; }

    /// <summary>The inputs that are copied into a block: a single one is read where the caller has it.</summary>
    public InputDescription[] CopiedInputs { get; }

    public OutputDescription[] Outputs { get; }

    /// <summary>What a single sample needs.</summary>
    public int SampleFloats { get; }

    /// <summary>As the network's, which is one step farther away: a single prediction asks for it.</summary>
    public int InputSize { get; }

    /// <inheritdoc cref="InputSize"/>
    public int OutputSize { get; }

    /// <inheritdoc cref="InputSize"/>
    public bool HasIds { get; }

    /// <summary>Where a single sample's output lies, where it is one vector and the input is read in its place; −1 where there is more to copy.</summary>
    public int SampleOutput { get; }

    /// <summary>To be called after a change of the parameters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void NoteChange()
    {
        _prepared.Invalidate();
        if (_samplePrepared != _prepared)
        {
            _samplePrepared.Invalidate();
        }
    }

    /// <summary>The same code with a copy of the parameters as they are.</summary>
    public Inference Copy()
    {
        var copy = new Arena(_parameters.Length);
        _parameters.Span.CopyTo(copy.Span);
        return new Inference(Network, _code, copy);
    }

    /// <summary>Room for the outputs of some samples.</summary>
    /// <exception cref="ArgumentException">The length is not a multiple of the input's size, or the outputs are more than an array can hold.</exception>
    public float[] OutputsFor(ReadOnlySpan<float> inputs)
    {
        long size = (long)RowsOf(inputs) * OutputSize;
        return size <= Array.MaxLength
            ? new float[size]
            : throw new ArgumentException($"The outputs of these samples would be {size} values; pass fewer samples at a time.", nameof(inputs));
    }

    /// <summary>How many samples these are, whose predictions the outputs have room for.</summary>
    /// <exception cref="ArgumentException">A length is not what the other requires, the spans overlap, or a value is no id.</exception>
    public int RequireRows(ReadOnlySpan<float> inputs, ReadOnlySpan<float> outputs)
    {
        int rows = RowsOf(inputs);
        if (outputs.Length != (long)rows * OutputSize)
        {
            throw new ArgumentException(
                $"{rows} samples need {(long)rows * OutputSize} outputs ({rows} × {OutputSize}), but there is room for {outputs.Length}.",
                nameof(outputs));
        }

        if (inputs.Overlaps(outputs))
        {
            throw new ArgumentException("Inputs and outputs must not overlap: outputs are written while inputs are still read.", nameof(outputs));
        }

        IdCheck.Require(Network, inputs, nameof(inputs));
        return rows;
    }

    /// <summary>How many samples these are.</summary>
    /// <exception cref="ArgumentException">The length is not a multiple of the input's size; <paramref name="argument"/> is to blame.</exception>
    public int RowsOf(ReadOnlySpan<float> inputs, [CallerArgumentExpression(nameof(inputs))] string argument = "")
    {
        (int rows, int rest) = Math.DivRem(inputs.Length, InputSize);
        return rest == 0
            ? rows
            : throw new ArgumentException(
                $"{Network.Name} takes {Network.Samples}, but got {inputs.Length} values, which is no multiple.", argument);
    }

    /// <summary>Runs at most a block of samples; outputs and logits stay in <paramref name="block"/>.</summary>
    public void Run(ReadOnlySpan<float> inputs, Arena block, int count) => _code.Infer(
        ref MemoryMarshal.GetReference(inputs), ref _parameters.Origin, ref _prepared.Current.Origin, ref block.Origin, (nuint)count);

    /// <summary>Runs a part of the rows of one phase of a single sample.</summary>
    public void RunRows(ref float input, Arena block, int phase, int part, int parts) => _code.InferRows(
        ref input, ref _parameters.Origin, ref _samplePrepared.Current.Origin, ref block.Origin, phase, (nuint)part, (nuint)parts);

    /// <summary>Runs a single sample; its output stays in <paramref name="block"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run(ReadOnlySpan<float> input, Arena block) => _code.InferSample(
        ref MemoryMarshal.GetReference(input), ref _parameters.Origin, ref _samplePrepared.Current.Origin, ref block.Origin);
}
