using Unroll.Interop;

namespace Unroll.Tool;

/// <summary><c>dotnet unroll import</c>: reads, compiles, checks, and only then writes.</summary>
internal sealed record ImportCommand(string File, string Folder, string? ClassName, string? NameSpace, IReadOnlyList<string> Vectors)
{
    /// <returns>0; 1 where the predictions do not agree.</returns>
    public int Run(TextWriter output)
    {
        ImportedNetwork network = ModelFile.Import(File, ClassName, NameSpace);
        float[][] arrays = ReadVectors(network);
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

    private float[][] ReadVectors(ImportedNetwork network)
    {
        if (Vectors.Count > 0 && Vectors.Count != network.Inputs.Count + network.Outputs.Count)
        {
            string values = string.Join(", ", network.Inputs.Concat(network.Outputs).Select(static value => value.Name));
            throw new ArgumentException($"--check takes a file for each of {values}, in this order, but got {Vectors.Count}.");
        }

        return [.. Vectors.Zip(network.Inputs.Concat(network.Outputs), static (path, value) => value.Arrange(NpyFile.Read(path).Values))];
    }

    private static IEnumerable<Agreement> Check(ImportedNetwork network, CompiledNetwork compiled, float[][] arrays)
    {
        float[][] predicted = compiled.Predict(arrays[..network.Inputs.Count]);
        return network.Outputs.Select((value, index) => Agreement.Of(value.Name, arrays[network.Inputs.Count + index], predicted[index]));
    }
}
