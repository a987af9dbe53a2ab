using Unroll.Interop;

namespace Unroll.Tool;

/// <summary><c>dotnet unroll import</c>: reads, compiles, checks, and only then writes.</summary>
internal sealed record ImportCommand(string File, string Folder, string? ClassName, string? NameSpace, IReadOnlyList<string> Vectors)
{
    /// <returns>0; 1 where the predictions do not agree.</returns>
    public int Run(TextWriter output)
    {
        ImportedNetwork network = ModelFile.Import(File, ClassName, NameSpace);
        NpyFile[] arrays = ReadVectors(network);
        CompiledNetwork compiled = CompiledNetwork.Compile(network);
        Agreement[] agreements = arrays.Length == 0 ? [] : [.. Check(network, compiled, arrays)];
        bool agrees = agreements.All(static agreement => agreement.Holds);
        foreach (string note in network.Notes)
        {
            output.WriteLine($"note: {note}");
        }

        foreach (Agreement agreement in agreements)
        {
            output.WriteLine($"check: {agreement}");
        }

        if (!agrees)
        {
            output.WriteLine("Nothing was written: the predictions are not those given.");
            return 1;
        }

        (string source, string weights) = network.Save(Folder);
        output.WriteLine($"{source}: class {network.ClassName}, {compiled.Model.Parameters.Sum(static parameter => (long)parameter.Count)} parameters; it compiles and takes the weights");
        output.WriteLine(weights);
        if (agreements.Length == 0)
        {
            output.WriteLine("Predictions were not compared: give --check with inputs and outputs of the model as .npy files.");
        }

        return 0;
    }

    private NpyFile[] ReadVectors(ImportedNetwork network)
    {
        if (Vectors.Count > 0 && Vectors.Count != network.Inputs.Count + network.Outputs.Count)
        {
            string values = string.Join(", ", network.Inputs.Concat(network.Outputs).Select(static value => value.Name));
            throw new ArgumentException($"--check takes a file for each of {values}, in this order, but got {Vectors.Count}.");
        }

        return [.. Vectors.Zip(network.Inputs.Concat(network.Outputs), Read)];
    }

    private static NpyFile Read(string path, ImportedValue value)
    {
        NpyFile file = NpyFile.Read(path);
        return file with { Values = value.Arrange(file.Values) };
    }

    private static IEnumerable<Agreement> Check(ImportedNetwork network, CompiledNetwork compiled, NpyFile[] arrays)
    {
        float[][] predicted = network.IsStreaming
            ? [Stepped(compiled, arrays[0])]
            : compiled.Predict([.. arrays.Take(network.Inputs.Count).Select(static array => array.Values)]);
        return network.Outputs.Select((value, index) => Agreement.Of(value.Name, arrays[network.Inputs.Count + index].Values, predicted[index]));
    }

    /// <summary>Signals one after another, each from its beginning: [signals, steps, values]; of fewer axes it is one.</summary>
    private static float[] Stepped(CompiledNetwork compiled, NpyFile signals)
    {
        int count = signals.Shape.Count == 3 ? signals.Shape[0] : 1;
        return count == 0 ? [] : [.. signals.Values.Chunk(Math.Max(1, signals.Values.Length / count)).SelectMany(compiled.Step)];
    }
}
