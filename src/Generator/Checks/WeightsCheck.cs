using System.Globalization;
using Unroll.Generator.Diagnostics;
using Unroll.Generator.Model;
using Unroll.Generator.Shapes;

namespace Unroll.Generator.Checks;

/// <summary>Holds the weights that go into the assembly, and the vectors beside them, against the network.</summary>
internal static class WeightsCheck
{
    // More would hide the first.
    private const int MostNamed = 10;

    private static readonly string[] s_types = ["F32", "F64", "F16", "BF16"];

    public static IEnumerable<Problem> Of(ShapedNetwork network)
    {
        if (network.Model.Pretrained is not { } pretrained)
        {
            yield break;
        }

        string name = network.Model.Header.DisplayName;
        if (pretrained.File is not { } weights)
        {
            yield return Problem.At(Place.Weights, DiagnosticDescriptors.WeightsNotFound, name, $"'{pretrained.Path}' {Instead(pretrained)}");
            yield break;
        }

        if (weights.Fault is not null)
        {
            yield return Problem.At(Place.Weights, DiagnosticDescriptors.WeightsUnreadable, name, weights.Path, weights.Fault);
        }
        else if (Differences(weights, Parameters(network), samples: null) is { Count: > 0 } differences)
        {
            yield return Problem.At(Place.Weights, DiagnosticDescriptors.WeightsDoNotFit, name, weights.Path, Join(differences));
        }

        if (pretrained.Vectors is not { } vectors)
        {
            yield break;
        }

        if (vectors.Fault is not null)
        {
            yield return Problem.At(Place.Weights, DiagnosticDescriptors.WeightsUnreadable, name, vectors.Path, vectors.Fault);
        }
        else if (Differences(vectors, Ends(network), Samples(vectors)) is { Count: > 0 } differences)
        {
            yield return Problem.At(Place.Weights, DiagnosticDescriptors.VectorsDoNotFit, name, vectors.Path, Join(differences));
        }
    }

    private static string Instead(PretrainedSpec pretrained) =>
        pretrained.Meant.Count > 0 ? $"may be {string.Join(" or ", pretrained.Meant)}"
        : pretrained.Others.Count > 0 ? $"is none of {string.Join(", ", pretrained.Others.Take(MostNamed))}"
        : "is none, as there are none";

    private static List<(string Name, EquatableArray<int> Sizes)> Parameters(ShapedNetwork network) =>
    [
        .. network.Layers.Where(static layer => layer.OwnsParameters).SelectMany(static layer => layer.Layer.Weights(layer.Inputs)
            .Select(weight => ($"{layer.Node.Owner}/{weight.Part}", weight.Shape.Sizes))),
    ];

    private static List<(string Name, EquatableArray<int> Sizes)> Ends(ShapedNetwork network) =>
    [
        .. network.Model.Inputs.Select(static input => ($"inputs/{input.Name}", input.Shape)),
        .. network.Model.Outputs.Zip(network.Outputs, static (output, shape) => ($"outputs/{output.Name}", shape.Sizes)),
    ];

    /// <summary>What the first tensor says, which the others must agree with; 1 where it says nothing.</summary>
    private static int Samples(WeightsFile vectors) => Math.Max(1, vectors.Tensors.Select(static tensor => tensor.Sizes.FirstOrDefault()).FirstOrDefault());

    private static List<string> Differences(WeightsFile file, List<(string Name, EquatableArray<int> Sizes)> expected, int? samples)
    {
        var differences = new List<string>();
        Dictionary<string, WeightsTensor> tensors = file.Tensors.ToDictionary(static tensor => tensor.Name, StringComparer.Ordinal);
        foreach ((string name, EquatableArray<int> sizes) in expected)
        {
            EquatableArray<int> wanted = samples is int count ? sizes.Prepend(count).ToEquatableArray() : sizes;
            if (!tensors.TryGetValue(name, out WeightsTensor? tensor))
            {
                differences.Add($"'{name}' {Describe(wanted)} is missing");
            }
            else if (tensor.Sizes != wanted)
            {
                differences.Add($"'{name}' must be {Describe(wanted)}, but is {Describe(tensor.Sizes)}");
            }
            else if (!s_types.Contains(tensor.Type))
            {
                differences.Add($"'{name}' must be {string.Join(", ", s_types)}, but is {tensor.Type}");
            }

            tensors.Remove(name);
        }

        differences.AddRange(file.Tensors.Where(tensor => tensors.ContainsKey(tensor.Name)).Select(static tensor => $"'{tensor.Name}' {Describe(tensor.Sizes)} is nothing of it"));
        return differences;
    }

    private static string Describe(EquatableArray<int> sizes) => $"[{string.Join(", ", sizes)}]";

    private static string Join(List<string> differences) => differences.Count <= MostNamed
        ? string.Join("; ", differences)
        : $"{string.Join("; ", differences.Take(MostNamed))}; and {(differences.Count - MostNamed).ToString(CultureInfo.InvariantCulture)} more";
}
