using Unroll.Interop;

namespace Unroll.Tool;

/// <summary>Inputs of a network and the outputs they should give.</summary>
internal sealed class CheckVectors
{
    private readonly ImportedNetwork _network;
    private readonly NpyFile[] _arrays;

    /// <param name="network">The network.</param>
    /// <param name="files"><c>.npy</c> files: one for each input, then one for each output; none where there is no check.</param>
    public CheckVectors(ImportedNetwork network, IReadOnlyList<string> files)
    {
        _network = network;
        ImportedValue[] values = [.. network.Inputs, .. network.Outputs];
        if (files.Count > 0 && files.Count != values.Length)
        {
            throw new ArgumentException($"--check takes a file for each of {string.Join(", ", values.Select(static value => value.Name))}, in this order, but got {files.Count}.");
        }

        _arrays = [.. files.Zip(values, Read)];
    }

    /// <summary>Says how far the predictions agree.</summary>
    /// <returns>False where they do not.</returns>
    public bool Agree(CompiledNetwork compiled, TextWriter output)
    {
        Agreement[] agreements = _arrays.Length == 0 ? [] : [.. Compare(compiled)];
        foreach (Agreement agreement in agreements)
        {
            output.WriteLine($"check: {agreement}");
        }

        bool agree = agreements.All(static agreement => agreement.Holds);
        if (!agree)
        {
            output.WriteLine("Nothing was written: the predictions are not those given.");
        }

        return agree;
    }

    public void SayIfNone(TextWriter output)
    {
        if (_arrays.Length == 0)
        {
            output.WriteLine("Predictions were not compared: give --check with inputs and outputs of the model as .npy files.");
        }
    }

    private static NpyFile Read(string path, ImportedValue value)
    {
        NpyFile file = NpyFile.Read(path);
        return file with { Values = value.Arrange(file.Values) };
    }

    private IEnumerable<Agreement> Compare(CompiledNetwork compiled)
    {
        float[][] predicted = _network.IsStreaming
            ? [Stepped(compiled, _arrays[0])]
            : compiled.Predict([.. _arrays.Take(_network.Inputs.Count).Select(static array => array.Values)]);
        return _network.Outputs.Select((value, index) => Agreement.Of(value.Name, _arrays[_network.Inputs.Count + index].Values, predicted[index]));
    }

    /// <summary>Signals one after another, each from its beginning: [signals, steps, values]; of fewer axes it is one.</summary>
    private static float[] Stepped(CompiledNetwork compiled, NpyFile signals)
    {
        int count = signals.Shape.Count == 3 ? signals.Shape[0] : 1;
        return count == 0 ? [] : [.. signals.Values.Chunk(Math.Max(1, signals.Values.Length / count)).SelectMany(compiled.Step)];
    }
}
