using Unroll.Interop;
using Unroll.Serialization;

namespace Unroll.Tool;

/// <summary><c>dotnet unroll inspect</c>: what is in a file.</summary>
internal sealed record InspectCommand(string File)
{
    public int Run(TextWriter output)
    {
        if (Path.GetExtension(File).Equals(".safetensors", StringComparison.OrdinalIgnoreCase))
        {
            ListTensors(output);
            return 0;
        }

        ImportedNetwork network = ModelFile.Import(File);
        output.WriteLine(CompiledNetwork.Compile(network).Model.Summary());
        foreach (string note in network.Notes)
        {
            output.WriteLine($"note: {note}");
        }

        return 0;
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
}
