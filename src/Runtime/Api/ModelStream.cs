using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Unroll.Checks;
using Unroll.Compiled;
using Unroll.Memory;
using Unroll.Numerics;

namespace Unroll;

/// <summary>Runs a network along a sequence as it comes, one step after another, and remembers what it needs of the steps before.</summary>
/// <remarks>
/// <para>The output of a step is what <c>Predict</c> gives for the steps so far: of a sequence the last one's. A step takes the work of that step alone, allocates
/// nothing and takes no lock; only the first one after a change of the model's parameters also prepares what it computes from these alone.</para>
/// <para>Behind a pooling or a convolution with strides there is not a new value at every step: what lies there runs only at the steps at which there is one, and
/// <see cref="Step"/> gives the last output and tells whether it is new.</para>
/// <para>A step of a network of several inputs has one of each sequence, in their order, and of an input of one axis, as the position of a knob, all of it:
/// what it is from then on. The outputs are those of <c>Predict</c> where it stays as it is.</para>
/// <para>One stream is for one thread at a time. Any number of streams share a model and its parameters.</para>
/// </remarks>
/// <example><code>
/// [Network(64, 1, Streaming = true)]      // trained on windows of 64 steps
/// [GRU(16)]
/// [Dense(1)]
/// public sealed partial class Filter;
///
/// ModelStream stream = Filter.Load("filter.safetensors").CreateStream();
/// stream.Step([sample], output);
/// </code></example>
public sealed class ModelStream
{
    private readonly Model _model;
    private readonly StreamDescription _stream;

    // The model's, and what this stream is to it: a step takes less time than to ask for them.
    private readonly CompiledCode _code;
    private readonly Arena _parameters;
    private readonly PreparedValues _prepared;
    private readonly ParameterAccess _access;
    private readonly PredictingThread _reader = PredictingThread.Registered();

    private readonly Arena _memory;
    private readonly StreamOutput[] _outputs;

    // The inputs whose values are ids, and where in a frame each lies.
    private readonly (InputDescription Input, Range Values)[] _ids;

    // Whether the present step is every other one.
    private bool _isOdd;

    // Where the clock of the outputs is; −1 where they are new at every step.
    private readonly int _clock;

    // Where the output is where it is one value; −1 where it is more.
    private readonly int _value;

    /// <summary>Called by generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ModelStream(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _stream = model.Network.Stream
            ?? throw new InvalidOperationException($"{model.Network.Name} is not compiled for streams: [Network(..., Streaming = true)].");
        _code = model.Instance.Code;
        _parameters = model.Instance.ParameterArena;
        _prepared = model.Instance.StreamPrepared!;
        _access = model.Instance.Access;
        _memory = new Arena(_stream.BlockFloats);
        _outputs = [.. _stream.Outputs];
        FrameSize = _stream.Frames.Sum();
        _ids = [.. model.Network.Inputs.Select(InFrame).Where(static ids => ids.Input.Ids is not null)];
        _clock = _stream.Clock;
        OutputSize = _outputs.Sum(static output => output.Vectors * output.Columns);
        _value = OutputSize == 1 ? _outputs.Single(static output => output.Vectors * output.Columns == 1).Offset : -1;
    }

    /// <summary>The values of one step; those of several inputs lie one after another, in their order.</summary>
    public int FrameSize { get; }

    /// <summary>The values of the output at one step; several outputs lie one after another.</summary>
    public int OutputSize { get; }

    /// <summary>The bytes of the state.</summary>
    public int StateSize => _stream.LastingFloats * sizeof(float);

    /// <summary>Takes one step.</summary>
    /// <param name="frame">Its features, <see cref="FrameSize"/> values, those of several inputs one after another.</param>
    /// <param name="output">Receives the output at this step, <see cref="OutputSize"/> values: the last there was, and zeros before the first.</param>
    /// <returns>Whether the output is new at this step: always, unless strides leave steps out or a window first has to fill.</returns>
    /// <exception cref="ArgumentException">A length is not that, or a value of <paramref name="frame"/> is no id where an embedding reads it.</exception>
    /// <exception cref="InvalidOperationException">Another thread trains the model or changes its parameters.</exception>
    // Optimized at once wherever it runs: a stream has a time for each step, and none for a second compilation.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Step(ReadOnlySpan<float> frame, Span<float> output)
    {
        if (frame.Length != FrameSize || output.Length != OutputSize)
        {
            throw Unfit(frame.Length, output.Length);
        }

        foreach ((InputDescription input, Range values) in _ids)
        {
            IdCheck.RequireStep(input, frame[values], nameof(frame));
        }

        _access.BeginPrediction(_reader);
        _isOdd = !_isOdd;
        try
        {
            _code.Step(ref MemoryMarshal.GetReference(frame), ref _parameters.Origin, ref _prepared.Current.Origin, ref _memory.Origin, _isOdd);
        }
        finally
        {
            _reader.End();
        }

        if (_value >= 0)
        {
            MemoryMarshal.GetReference(output) = Unsafe.Add(ref _memory.Origin, _value);
        }
        else
        {
            CopyOutputs(output);
        }

        return _clock < 0 || StreamClock.Ticks(ref Unsafe.Add(ref _memory.Origin, _clock));
    }

    /// <summary>Forgets all steps: the next one is the first.</summary>
    public void Reset() => _memory.Span[.._stream.LastingFloats].Clear();

    /// <summary>Copies what the stream remembers, as it lies in memory: for a stream of the same network on the same kind of machine.</summary>
    /// <param name="state">Receives <see cref="StateSize"/> bytes.</param>
    /// <exception cref="ArgumentException">It has another length.</exception>
    public void SaveState(Span<byte> state)
    {
        RequireState(state.Length);
        MemoryMarshal.AsBytes(_memory.Span[.._stream.LastingFloats]).CopyTo(state);
    }

    /// <summary>Goes on from what <see cref="SaveState"/> copied.</summary>
    /// <param name="state">Its bytes.</param>
    /// <exception cref="ArgumentException">It has another length.</exception>
    public void LoadState(ReadOnlySpan<byte> state)
    {
        RequireState(state.Length);
        state.CopyTo(MemoryMarshal.AsBytes(_memory.Span[.._stream.LastingFloats]));
    }

    // Out of line: a path that is hardly ever taken would cost the step registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ArgumentException Unfit(int frame, int output) => frame != FrameSize
        ? new ArgumentException($"A step of {_model.Network.Name} has {FrameSize} values, but got {frame}.", nameof(frame))
        : new ArgumentException($"The output of a step of {_model.Network.Name} has {OutputSize} values, but there is room for {output}.", nameof(output));

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void CopyOutputs(Span<float> output)
    {
        Span<float> memory = _memory.Span;
        foreach (StreamOutput place in _outputs)
        {
            int from = place.Offset;
            for (int vector = 0; vector < place.Vectors; vector++)
            {
                memory.Slice(from, place.Columns).CopyTo(output);
                output = output[place.Columns..];
                from += place.Stride;
            }
        }
    }

    private (InputDescription Input, Range Values) InFrame(InputDescription input, int index)
    {
        int first = _stream.Frames.Take(index).Sum();
        return (input, first..(first + _stream.Frames[index]));
    }

    private void RequireState(int length)
    {
        if (length != StateSize)
        {
            throw new ArgumentException($"The state of a stream of {_model.Network.Name} has {StateSize} bytes, but got {length}.", "state");
        }
    }
}
