using Unroll.Compiled;

namespace Unroll.Serialization;

/// <summary>Inputs of some samples and the outputs they should give: tensors <c>inputs/NAME</c> and <c>outputs/NAME</c>, the samples' axis first.</summary>
internal sealed class CheckVectors
{
    // Of two orders of summation rather than of two models.
    private const double Tolerance = 1e-4;

    private readonly NetworkDescription _network;
    private readonly IReadOnlyList<NamedTensor> _tensors;
    private readonly int _samples;

    private CheckVectors(NetworkDescription network, IReadOnlyList<NamedTensor> tensors, int samples)
    {
        _network = network;
        _tensors = tensors;
        _samples = samples;
    }

    /// <exception cref="InvalidDataException">The file is of another network.</exception>
    public static CheckVectors Read(SafetensorsReader reader, string file, NetworkDescription network)
    {
        int samples = reader.Entries.Count > 0 && reader.Entries[0].Shape is [> 0 and int first, ..] ? first : 1;
        TensorSignature[] expected =
        [
            .. network.Inputs.Select(input => new TensorSignature($"inputs/{input.Name}", [samples, .. input.Shape])),
            .. network.Outputs.Select(output => new TensorSignature($"outputs/{output.Name}", [samples, .. output.Shape])),
        ];
        WeightsMatch match = WeightsMatch.Match(file, expected, reader.Entries, convert: true);
        return new CheckVectors(network, reader.Read([.. match.Matched.Select(static pair => pair.Entry)]), samples);
    }

    /// <summary>The rows that the file has predictions for.</summary>
    public float[] ReadInputs()
    {
        float[] rows = new float[_samples * _network.InputSize];
        for (int i = 0; i < _network.Inputs.Count; i++)
        {
            InputDescription input = _network.Inputs[i];
            for (int sample = 0; sample < _samples; sample++)
            {
                _tensors[i].Values.Span.Slice(sample * input.Size, input.Size).CopyTo(rows.AsSpan((sample * _network.InputSize) + input.RowOffset));
            }
        }

        return rows;
    }

    /// <summary>Holds predictions for <see cref="ReadInputs"/> against the outputs of the file.</summary>
    /// <returns>The largest |difference|.</returns>
    /// <exception cref="InvalidOperationException">It is above the tolerance in an output.</exception>
    public float Compare(float[] predictions) =>
        _network.Outputs.Select((output, index) => Compare(output, _tensors[_network.Inputs.Count + index].Values.Span, predictions)).Max();

    private float Compare(OutputDescription output, ReadOnlySpan<float> expected, float[] predictions)
    {
        double largest = 0;
        double scale = 1;
        for (int i = 0; i < expected.Length; i++)
        {
            (int sample, int place) = Math.DivRem(i, output.Size);
            double difference = Math.Abs((double)expected[i] - predictions[(sample * _network.OutputSize) + output.RowOffset + place]);
            largest = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(largest, difference);
            scale = Math.Max(scale, Math.Abs(expected[i]));
        }

        return largest <= Tolerance * scale
            ? (float)largest
            : throw new InvalidOperationException(FormattableString.Invariant(
                $"{_network.Name}, output {output.Name}: predictions must agree with the check vectors to {Tolerance:G3} of {scale:G3}, but the largest difference is {largest:G3}."));
    }
}
