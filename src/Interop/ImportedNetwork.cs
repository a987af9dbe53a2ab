using System.Text;
using System.Text.RegularExpressions;
using Unroll.Serialization;

namespace Unroll.Interop;

/// <summary>A model of another tool as a network: an annotated class and its weights.</summary>
public sealed partial class ImportedNetwork
{
    internal ImportedNetwork()
    {
    }

    /// <summary>The class's name.</summary>
    public required string ClassName { get; init; }

    /// <summary>Its namespace; null for the global one.</summary>
    public required string? Namespace { get; init; }

    /// <summary>The text of the class, the blocks it uses included.</summary>
    public required string Source { get; init; }

    /// <summary>The inputs in the order in which <c>Predict</c> takes them.</summary>
    public required IReadOnlyList<ImportedValue> Inputs { get; init; }

    /// <summary>The outputs in the order of their declaration.</summary>
    public required IReadOnlyList<ImportedValue> Outputs { get; init; }

    /// <summary>The parameters, in the order of the class.</summary>
    public required IReadOnlyList<ImportedTensor> Tensors { get; init; }

    /// <summary>What changes no prediction and was left out or renamed; the class's comment says the same.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The files that lie beside the model and that it was read from as well: weights kept outside of it.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Whether the class is a stream, which takes a signal of any length step by step.</summary>
    public bool IsStreaming { get; init; }

    /// <summary>Writes <c>NAME.cs</c> and <c>NAME.safetensors</c>; a crash leaves the old files or the new ones.</summary>
    /// <param name="directory">Made where it is missing.</param>
    /// <param name="embedWeights">
    /// Whether the class names the weights, which must then be among the <c>AdditionalFiles</c> of its project: they are built into the assembly,
    /// and the class has <c>Pretrained</c>.
    /// </param>
    /// <returns>The paths of the two files, the class first.</returns>
    public (string Source, string Weights) Save(string directory, bool embedWeights = false) =>
        Save(directory, embedWeights ? SourceWith(ClassName + ".safetensors") : Source);

    /// <summary>Writes the weights alone, as <c>Load</c> of the class reads them.</summary>
    /// <param name="path">The file.</param>
    public void SaveWeights(string path) =>
        SafetensorsFile.Write(path, [.. Tensors.Select(static tensor => new NamedTensor(tensor.Name, tensor.Shape, tensor.Values))]);

    /// <summary>The text of the class with its weights by name.</summary>
    /// <param name="weights">The end of their path in the project.</param>
    internal string SourceWith(string weights) => NetworkLine().Replace(
        Source,
        line => $"[Network({line.Groups[1].Value}{(line.Groups[1].Length > 0 ? ", " : "")}Weights = \"{weights}\")]",
        count: 1);

    internal (string Source, string Weights) Save(string directory, string text)
    {
        Directory.CreateDirectory(directory);
        string source = Path.Combine(directory, ClassName + ".cs");
        string weights = Path.Combine(directory, ClassName + ".safetensors");
        SaveWeights(weights);
        AtomicFile.Write(source, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        return (source, weights);
    }

    // A line of its own, without arguments or with the shape of the input.
    [GeneratedRegex(@"^\[Network(?:\(([0-9, ]*)\))?\]", RegexOptions.Multiline)]
    private static partial Regex NetworkLine();
}
