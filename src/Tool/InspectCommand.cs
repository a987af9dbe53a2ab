using System.Globalization;
using Unroll.Interop;
using Unroll.Interop.KerasFiles;
using Unroll.Interop.PyTorchFiles;
using Unroll.Serialization;

namespace Unroll.Tool;

/// <summary><c>dotnet unroll inspect</c>: what is in a file.</summary>
internal sealed record InspectCommand(string File)
{
    public int Run(TextWriter output)
    {
        Pickle.Refuse(File);
        if (Path.GetExtension(File).ToLowerInvariant() is ".dll" or ".exe")
        {
            AssemblyNetworks.List(File, output);
        }
        else if (File.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase))
        {
            ListTensors(output);
        }
        else if (ModelFile.IsWeights(File))
        {
            ListVariables(output);
        }
        else
        {
            Describe(output);
        }

        return 0;
    }

    private void Describe(TextWriter output)
    {
        ImportedNetwork network = ModelFile.Import(File);
        CompiledNetwork compiled = CompiledNetwork.Compile(network);
        output.WriteLine(compiled.Model.Summary());
        output.WriteLine($" Multiply-adds of a prediction: {Counted(compiled.MultiplyAdds)}");
        output.WriteLine($" Memory: {Counted(compiled.ParameterBytes)} bytes for the parameters, {Counted(compiled.PredictionBytes)} for a prediction");
        foreach (string note in network.Notes)
        {
            output.WriteLine($"note: {note}");
        }
    }

    private void ListTensors(TextWriter output)
    {
        using var reader = SafetensorsReader.Open(File);
        foreach (SafetensorsEntry tensor in reader.Entries)
        {
            output.WriteLine($"{tensor.Name}  {tensor.DataTypeName}  [{string.Join(", ", tensor.Shape)}]");
        }

        output.WriteLine($"{reader.Entries.Count} tensors, {reader.Entries.Sum(static tensor => tensor.End - tensor.Start)} bytes");
    }

    private void ListVariables(TextWriter output)
    {
        using var file = new Hdf5Source(System.IO.File.ReadAllBytes(File), File);
        (string Place, IReadOnlyList<int> Shape)[] variables = [.. file.Datasets()];
        foreach ((string place, IReadOnlyList<int> shape) in variables)
        {
            output.WriteLine($"{place}  [{string.Join(", ", shape)}]");
        }

        output.WriteLine($"{variables.Length} variables");
    }

    private static string Counted(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
