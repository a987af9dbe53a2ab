using Unroll.Interop;

namespace Unroll.Tool;

/// <summary><c>dotnet unroll import</c>: reads, compiles, checks, and only then writes.</summary>
internal sealed record ImportCommand(string File, string Folder, string? ClassName, string? NameSpace, IReadOnlyList<string> Vectors, bool EmbedsWeights)
{
    /// <summary>How the name of the file ends that has the class's name and the vectors.</summary>
    public const string VectorsEnding = ".vectors.safetensors";

    /// <returns>0; 1 where the predictions do not agree.</returns>
    public int Run(TextWriter output)
    {
        GeneratedClass.Prepare();
        ImportedNetwork network = ModelFile.Import(File, ClassName, NameSpace);
        var vectors = GivenVectors.Read(network, Vectors);
        CompiledNetwork? compiled = null;
        if (vectors is null)
        {
            // Nothing is predicted, and starting the C# compiler takes longer than all else: the build of the user runs it.
            GeneratedClass.Check(network);
        }
        else
        {
            compiled = CompiledNetwork.Compile(network);
        }

        foreach (string note in network.Notes)
        {
            output.WriteLine($"note: {note}");
        }

        if (vectors?.Agree(compiled!, output) == false)
        {
            return 1;
        }

        (string source, string weights) = network.Save(Folder, EmbedsWeights);
        output.WriteLine($"{source}: class {network.ClassName}, {network.Tensors.Sum(static tensor => (long)tensor.Values.Length)} parameters; {(compiled is null ? "the generator takes it with these weights" : "it compiles and takes the weights")}");
        output.WriteLine(weights);
        if (vectors is null)
        {
            output.WriteLine(GivenVectors.None);
        }
        else if (!network.IsStreaming)
        {
            // A stream's signals are as long as they are; SelfTest predicts whole samples.
            string path = Path.Combine(Folder, network.ClassName + VectorsEnding);
            output.WriteLine($"{path}: {vectors.Save(path, compiled!.Model)} samples for SelfTest");
        }

        return 0;
    }
}
