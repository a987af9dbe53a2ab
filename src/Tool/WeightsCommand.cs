using Unroll.Interop;

namespace Unroll.Tool;

/// <summary><c>dotnet unroll import</c> of weights alone: puts them into the class that is there, checks, and writes them beside it.</summary>
/// <param name="File">PyTorch's weights as safetensors, or Keras's <c>.weights.h5</c>.</param>
/// <param name="Folder">Where NAME.cs is, and NAME.safetensors will be.</param>
/// <param name="ClassName">The class.</param>
/// <param name="Map">MODULE=LAYER each.</param>
/// <param name="Vectors">Inputs and the outputs they should give.</param>
internal sealed record WeightsCommand(string File, string Folder, string? ClassName, IReadOnlyList<string> Map, IReadOnlyList<string> Vectors)
{
    /// <returns>0; 1 where the predictions do not agree.</returns>
    public int Run(TextWriter output)
    {
        string name = ClassName ?? throw new ArgumentException($"{File} holds weights for a class that is there already: give --class NAME, and -o the folder of NAME.cs.");
        ImportedNetwork network = ClassSource.Read(Path.Combine(Folder, name + ".cs"), name);
        string weights = Path.Combine(Folder, name + ".safetensors");
        if (Path.GetFullPath(weights) == Path.GetFullPath(File))
        {
            throw new ArgumentException($"{File} is the file that would be written; keep the weights of PyTorch elsewhere.");
        }

        var vectors = GivenVectors.Read(network, Vectors);
        CompiledNetwork compiled = CompiledNetwork.Build(network);
        LoadWeights(compiled.Model);
        if (vectors?.Agree(compiled, output) == false)
        {
            return 1;
        }

        compiled.Model.Save(weights);
        output.WriteLine($"{weights}: the weights of class {name}, {compiled.Model.Parameters.Sum(static parameter => (long)parameter.Count)} parameters");
        if (vectors is null)
        {
            output.WriteLine(GivenVectors.None);
        }

        return 0;
    }

    private void LoadWeights(Model model)
    {
        if (!File.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase))
        {
            if (Map.Count > 0)
            {
                throw new ArgumentException("--map is for modules of PyTorch; Keras's files have their layers in order.");
            }

            Keras.LoadWeights(model, File);
            return;
        }

        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string pair in Map)
        {
            if (pair.Split('=') is not [string module, { Length: > 0 } layer] || !map.TryAdd(module, layer))
            {
                throw new ArgumentException($"--map takes MODULE=LAYER, each module once, but got '{pair}'.");
            }
        }

        PyTorch.LoadWeights(model, File, map);
    }
}
