using Unroll.Interop;
using Unroll.Interop.Networks;
using Unroll.Serialization;

namespace Unroll.Tool;

/// <summary>Inputs of a model and the outputs they should give, in the order of the class.</summary>
/// <param name="Network">The model as a class.</param>
/// <param name="Arrays">A value for each input, then one for each output.</param>
internal sealed record GivenVectors(ImportedNetwork Network, NpyFile[] Arrays)
{
    /// <summary>What to say where there are none.</summary>
    public const string None = "Predictions were not compared: give --check with inputs and outputs of the model as .npy files.";

    // Enough to tell one model from another, and a few kilobytes for most.
    private const int MostSaved = 16;

    /// <param name="network">The model as a class.</param>
    /// <param name="files">Arrays of NumPy, in the order of the class; empty for none.</param>
    /// <returns>Null where there are none.</returns>
    /// <exception cref="ArgumentException">They are too many or too few.</exception>
    /// <exception cref="InvalidDataException">A file is no array.</exception>
    public static GivenVectors? Read(ImportedNetwork network, IReadOnlyList<string> files)
    {
        if (files.Count == 0)
        {
            return null;
        }

        ImportedValue[] values = [.. network.Inputs, .. network.Outputs];
        return files.Count == values.Length
            ? new GivenVectors(network, [.. files.Zip(values, Read)])
            : throw new ArgumentException(
                $"--check takes a file for each of {string.Join(", ", values.Select(static value => value.Name))}, in this order, but got {files.Count}.");
    }

    /// <summary>How far the class's predictions agree, for each output.</summary>
    public IReadOnlyList<Agreement> Check(CompiledNetwork compiled)
    {
        float[][] predicted = Network.IsStreaming
            ? [Stepped(compiled, Arrays[0])]
            : compiled.Predict([.. Arrays.Take(Network.Inputs.Count).Select(static array => array.Values)]);
        return [.. Network.Outputs.Select((value, index) => Agreement.Of(value.Name, Arrays[Network.Inputs.Count + index].Values, predicted[index]))];
    }

    /// <summary>Says how far they agree.</summary>
    /// <returns>False where they do not.</returns>
    public bool Agree(CompiledNetwork compiled, TextWriter output)
    {
        IReadOnlyList<Agreement> agreements = Check(compiled);
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

    /// <summary>Writes the first samples as <see cref="ModelBase.SelfTest(string)"/> reads them.</summary>
    /// <returns>How many samples.</returns>
    public int Save(string path, Model model)
    {
        ModelLayers layers = ModelLayers.Of(model);
        (string Name, int[] Shape)[] values =
        [
            .. layers.Inputs.Select(static input => ($"inputs/{input.Name}", input.Shape)),
            .. layers.Outputs.Select(output => ($"outputs/{output.Name}", layers.Layers[output.Position - layers.Inputs.Count].Shape)),
        ];
        int samples = Math.Min(MostSaved, Arrays[0].Values.Length / Size(values[0].Shape));
        SafetensorsFile.Write(
            path, [.. values.Zip(Arrays, (value, array) => new NamedTensor(value.Name, [samples, .. value.Shape], array.Values.AsMemory(0, samples * Size(value.Shape))))]);
        return samples;
    }

    private static NpyFile Read(string path, ImportedValue value)
    {
        NpyFile file = NpyFile.Read(path);
        return file with { Values = value.Arrange(file.Values) };
    }

    /// <summary>Signals one after another, each from its beginning: [signals, steps, values]; of fewer axes it is one.</summary>
    private static float[] Stepped(CompiledNetwork compiled, NpyFile signals)
    {
        int count = signals.Shape.Count == 3 ? signals.Shape[0] : 1;
        return count == 0 ? [] : [.. signals.Values.Chunk(Math.Max(1, signals.Values.Length / count)).SelectMany(compiled.Step)];
    }

    private static int Size(int[] shape) => shape.Aggregate(1, static (product, size) => product * size);
}
