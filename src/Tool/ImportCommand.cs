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
        ImportedNetwork network = ModelFile.Import(File, ClassName, NameSpace);
        var vectors = GivenVectors.Read(network, Vectors);
        CompiledNetwork compiled = CompiledNetwork.Compile(network);
        IReadOnlyList<Agreement> agreements = vectors?.Check(compiled) ?? [];
        foreach (string note in network.Notes)
        {
            output.WriteLine($"note: {note}");
        }

        foreach (Agreement agreement in agreements)
        {
            output.WriteLine($"check: {agreement}");
        }

        if (!agreements.All(static agreement => agreement.Holds))
        {
            output.WriteLine("Nothing was written: the predictions are not those given.");
            return 1;
        }

        (string source, string weights) = network.Save(Folder, EmbedsWeights);
        output.WriteLine($"{source}: class {network.ClassName}, {compiled.Model.Parameters.Sum(static parameter => (long)parameter.Count)} parameters; it compiles and takes the weights");
        output.WriteLine(weights);
        if (vectors is null)
        {
            output.WriteLine("Predictions were not compared: give --check with inputs and outputs of the model as .npy files.");
        }
        else
        {
            string path = Path.Combine(Folder, network.ClassName + VectorsEnding);
            output.WriteLine($"{path}: {vectors.Save(path, compiled.Model)} samples for SelfTest");
        }

        return 0;
    }
}
