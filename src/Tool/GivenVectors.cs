using Unroll.Interop;
using Unroll.Interop.Networks;
using Unroll.Serialization;

namespace Unroll.Tool;

/// <summary>Inputs of a model and the outputs they should give, in the order of the class.</summary>
/// <param name="Network">The model as a class.</param>
/// <param name="Arrays">A value for each input, then one for each output.</param>
internal sealed record GivenVectors(ImportedNetwork Network, float[][] Arrays)
{
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
            ? new GivenVectors(network, [.. files.Zip(values, static (path, value) => value.Arrange(NpyFile.Read(path).Values))])
            : throw new ArgumentException(
                $"--check takes a file for each of {string.Join(", ", values.Select(static value => value.Name))}, in this order, but got {files.Count}.");
    }

    /// <summary>How far the class's predictions agree, for each output.</summary>
    public IReadOnlyList<Agreement> Check(CompiledNetwork compiled)
    {
        float[][] predicted = compiled.Predict(Arrays[..Network.Inputs.Count]);
        return [.. Network.Outputs.Select((value, index) => Agreement.Of(value.Name, Arrays[Network.Inputs.Count + index], predicted[index]))];
    }

    /// <summary>Writes the first samples as <see cref="Model.SelfTest(string)"/> reads them.</summary>
    /// <returns>How many samples.</returns>
    public int Save(string path, Model model)
    {
        ModelLayers layers = ModelLayers.Of(model);
        (string Name, int[] Shape)[] values =
        [
            .. layers.Inputs.Select(static input => ($"inputs/{input.Name}", input.Shape)),
            .. layers.Outputs.Select(output => ($"outputs/{output.Name}", layers.Layers[output.Position - layers.Inputs.Count].Shape)),
        ];
        int samples = Math.Min(MostSaved, Arrays[0].Length / Size(values[0].Shape));
        SafetensorsFile.Write(
            path, [.. values.Zip(Arrays, (value, array) => new NamedTensor(value.Name, [samples, .. value.Shape], array.AsMemory(0, samples * Size(value.Shape))))]);
        return samples;
    }

    private static int Size(int[] shape) => shape.Aggregate(1, static (product, size) => product * size);
}
