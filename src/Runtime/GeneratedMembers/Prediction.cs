using System.ComponentModel;
using Unroll.Checks;
using Unroll.Memory;
using Unroll.Running;

namespace Unroll.Compiled;

/// <summary>A call of <c>Predict</c> whose inputs and outputs have memory of their own, as generated code runs it: block by block.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct Prediction
{
    private readonly NetworkInstance _instance;
    private readonly NetworkDescription _network;
    private readonly PredictingThread _thread;
    private readonly Arena _block;
    private readonly int _rows;
    private int _first;
    private int _count;

    /// <summary>Begins with the samples that the first input holds.</summary>
    /// <param name="model">The model.</param>
    /// <param name="input">The first input's rows.</param>
    /// <exception cref="ArgumentException">The length is no multiple of the input's size, or a value is no id.</exception>
    public Prediction(Model model, ReadOnlySpan<float> input)
    {
        ArgumentNullException.ThrowIfNull(model);
        _instance = model.Instance;
        _network = _instance.Network;
        InputDescription first = _network.Inputs[0];
        (_rows, int rest) = Math.DivRem(input.Length, first.Size);
        if (rest != 0)
        {
            throw new ArgumentException(
                $"Input {first.Name} takes samples of {first.Size} values ({LogicalShape.Describe(first.Shape)}), "
                + $"but got {input.Length} values, which is no multiple.",
                first.Name);
        }

        IdCheck.Require(first, input);
        _thread = PredictingThread.Current;
        _block = _thread.Scratch(_network.InferenceBlockFloats);
    }

    /// <summary>The number of values that an output has room for.</summary>
    /// <exception cref="ArgumentException">They are more than an array can hold.</exception>
    public readonly int OutputLength(int output)
    {
        long length = (long)_rows * _network.Outputs[output].Size;
        return length <= Array.MaxLength
            ? (int)length
            : throw new ArgumentException($"The outputs of these samples would be {length} values; pass fewer samples at a time.");
    }

    /// <summary>Holds another input's rows against the first's.</summary>
    /// <exception cref="ArgumentException">There is not one row for each sample, or a value is no id.</exception>
    public readonly void RequireInput(int input, ReadOnlySpan<float> rows)
    {
        InputDescription description = _network.Inputs[input];
        Require(description.Name, "Input", rows.Length, description.Size);
        IdCheck.Require(description, rows);
    }

    /// <summary>Holds the room for an output against the samples.</summary>
    /// <exception cref="ArgumentException">There is not room for one row for each sample.</exception>
    public readonly void RequireOutput(int output, ReadOnlySpan<float> rows)
    {
        OutputDescription description = _network.Outputs[output];
        Require(description.Name, "Output", rows.Length, description.Size);
    }

    /// <summary>Holds the room for an output against memory that is still read, or written for another.</summary>
    /// <exception cref="ArgumentException">They overlap.</exception>
    public readonly void RequireApart(int output, ReadOnlySpan<float> rows, ReadOnlySpan<float> other)
    {
        if (rows.Overlaps(other))
        {
            string name = _network.Outputs[output].Name;
            throw new ArgumentException(
                $"Output {name} must not overlap an input or another output: outputs are written while inputs are still read.", name);
        }
    }

    /// <summary>Goes on to the next block of samples; false behind the last.</summary>
    /// <exception cref="InvalidOperationException">Another thread trains the model or changes its parameters.</exception>
    public bool Next()
    {
        // From the first block to the last nothing else can fail, and so leave the parameters in use.
        if (_first + _count == 0)
        {
            _instance.Access.BeginPrediction();
        }

        _first += _count;
        _count = Math.Min(_network.BlockSamples, _rows - _first);
        if (_count > 0)
        {
            return true;
        }

        _thread.End();
        return false;
    }

    /// <summary>Copies the block's rows of an input.</summary>
    public readonly void Read(int input, ReadOnlySpan<float> rows)
    {
        InputDescription description = _network.Inputs[input];
        if (_network.Inputs.Count > 1)
        {
            Predictor.CopyInput(description, Rows(rows, description.Size), description.Size, _block, _count);
        }
    }

    /// <summary>Runs the block; a network's only input is read where it lies.</summary>
    public readonly void Run(ReadOnlySpan<float> input) => _instance.Inference.Run(Rows(input, _network.Inputs[0].Size), _block, _count);

    /// <summary>Copies the block's rows of an output.</summary>
    public readonly void Write(int output, Span<float> rows)
    {
        OutputDescription description = _network.Outputs[output];
        Predictor.CopyOutputs(
            description,
            _block.Span[description.InferenceOffset..],
            rows.Slice(_first * description.Size, _count * description.Size),
            description.Size,
            _count);
    }

    private readonly ReadOnlySpan<float> Rows(ReadOnlySpan<float> rows, int size) => rows.Slice(_first * size, _count * size);

    private readonly void Require(string name, string kind, int length, int size)
    {
        if (length != (long)_rows * size)
        {
            throw new ArgumentException(
                $"{kind} {name} needs {(long)_rows * size} values, {size} for each of {_rows} samples, but has {length}.", name);
        }
    }
}
