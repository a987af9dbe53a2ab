using Unroll.Interop;

namespace Unroll.Tool;

/// <summary><c>dotnet unroll import</c>: reads, compiles, checks, and only then writes.</summary>
internal sealed record ImportCommand(string File, string Folder, string? ClassName, string? NameSpace, IReadOnlyList<string> Vectors)
{
    /// <returns>0; 1 where the predictions do not agree.</returns>
    public int Run(TextWriter output)
    {
        ImportedNetwork network = ModelFile.Import(File, ClassName, NameSpace);
        var vectors = new CheckVectors(network, Vectors);
        CompiledNetwork compiled = CompiledNetwork.Compile(network);
        foreach (string note in network.Notes)
        {
            output.WriteLine($"note: {note}");
        }

        if (!vectors.Agree(compiled, output))
        {
            return 1;
        }

        (string source, string weights) = network.Save(Folder);
        output.WriteLine($"{source}: class {network.ClassName}, {compiled.Model.Parameters.Sum(static parameter => (long)parameter.Count)} parameters; it compiles and takes the weights");
        output.WriteLine(weights);
        vectors.SayIfNone(output);
        return 0;
    }
}
