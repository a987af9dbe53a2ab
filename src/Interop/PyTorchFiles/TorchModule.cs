using System.Text.RegularExpressions;
using Unroll.Serialization;

namespace Unroll.Interop.PyTorchFiles;

/// <summary>The tensors of one module, by their names without the module's.</summary>
internal sealed partial class TorchModule(string name)
{
    private static readonly string[] s_projections = ["q_proj", "k_proj", "v_proj"];

    public string Name => name;

    public Dictionary<string, TorchTensor> Tensors { get; } = new(StringComparer.Ordinal);

    /// <summary>What messages say of it: <c>'fc' with bias [5], weight [5, 4]</c>.</summary>
    public override string ToString() => $"'{Name}' with {Describe(Tensors.Select(static tensor => (tensor.Key, tensor.Value.Shape)))}";

    public static string Describe(IEnumerable<(string Name, int[] Shape)> tensors) =>
        string.Join(", ", tensors.OrderBy(static tensor => tensor.Name, StringComparer.Ordinal).Select(static tensor => $"{tensor.Name} [{string.Join(", ", tensor.Shape)}]"));

    /// <summary>The modules in the order of their names, numbers in them counted as such.</summary>
    public static IReadOnlyList<TorchModule> Read(string path)
    {
        var modules = new Dictionary<string, TorchModule>(StringComparer.Ordinal);
        using var reader = SafetensorsReader.Open(path);
        SafetensorsEntry[] entries = [.. reader.Entries.Where(static entry => !entry.Name.EndsWith("num_batches_tracked", StringComparison.Ordinal))];
        if (entries.FirstOrDefault(static entry => entry.DataType is null) is SafetensorsEntry other)
        {
            throw new InvalidDataException($"{path}: '{other.Name}' is of type {other.DataTypeName}, and weights are floating-point numbers.");
        }

        HashSet<string> names = [.. entries.Select(static entry => entry.Name)];
        HashSet<string> severalLayers = [.. names.Where(static name => LayerNumber().Match(name) is { Success: true } match && match.Groups[3].Value != "0").Select(static name => LayerNumber().Match(name).Groups[1].Value)];
        foreach (NamedTensor tensor in reader.Read(entries))
        {
            (string module, string part) = Split(tensor.Name, severalLayers, names);
            if (!modules.TryGetValue(module, out TorchModule? found))
            {
                modules[module] = found = new TorchModule(module);
            }

            // A table by itself often has an axis of samples in front.
            IEnumerable<int> shape = module == tensor.Name && tensor.Shape.Count > 1 ? tensor.Shape.SkipWhile(static size => size == 1) : tensor.Shape;
            found.Add(part, new TorchTensor([.. shape], tensor.Values.ToArray()), path);
        }

        return [.. modules.Values.OrderBy(static module => module.Name, NaturalOrder.Instance)];
    }

    private void Add(string part, TorchTensor tensor, string path)
    {
        // Query, key and value on top of each other.
        bool isStack = part is "in_proj_weight" or "in_proj_bias" && tensor.Shape.Length > 0 && tensor.Shape[0] % 3 == 0;
        string kind = part.EndsWith("bias", StringComparison.Ordinal) ? "bias" : "weight";
        foreach ((string key, TorchTensor value) in isStack ? s_projections.Zip(Thirds(tensor)).Select(pair => ($"{pair.First}_{kind}", pair.Second)) : [(part, tensor)])
        {
            if (!Tensors.TryAdd(key, value))
            {
                throw new InvalidDataException($"{path}: '{Name}' has {key} twice.");
            }
        }
    }

    private static IEnumerable<TorchTensor> Thirds(TorchTensor tensor) =>
        tensor.Values.Chunk(Math.Max(1, tensor.Values.Length / 3)).Select(values => new TorchTensor([tensor.Shape[0] / 3, .. tensor.Shape[1..]], values));

    /// <summary>The module's name and the tensor's in it; a parameter outside of any module of PyTorch's is one by itself.</summary>
    private static (string Module, string Part) Split(string name, HashSet<string> severalLayers, HashSet<string> names)
    {
        if (LayerNumber().Match(name) is { Success: true } recurrent)
        {
            string module = recurrent.Groups[1].Value;
            string layer = severalLayers.Contains(module) ? $"{(module.Length > 0 ? "." : "")}l{recurrent.Groups[3].Value}" : "";
            return (module.TrimEnd('.') + layer, recurrent.Groups[2].Value + recurrent.Groups[4].Value);
        }

        int dot = name.LastIndexOf('.');
        string last = name[(dot + 1)..];
        string before = dot < 0 ? "" : name[..dot];
        if (before is "out_proj" || before.EndsWith(".out_proj", StringComparison.Ordinal))
        {
            string around = before[..^"out_proj".Length];
            if (names.Contains(around + "in_proj_weight") || names.Contains(around + "q_proj_weight"))
            {
                return (around.TrimEnd('.'), $"out_proj_{last}");
            }
        }

        bool isKnown = last is "weight" or "bias" or "running_mean" or "running_var" or "in_proj_weight" or "in_proj_bias"
            or "q_proj_weight" or "k_proj_weight" or "v_proj_weight" or "weight_ih" or "weight_hh" or "bias_ih" or "bias_hh";
        return isKnown ? (before, last) : (name, "weight");
    }

    // Module, weight_ih, number of the layer, direction.
    [GeneratedRegex(@"^(.*?)((?:weight|bias)_(?:ih|hh))_l([0-9]+)(_reverse)?$")]
    private static partial Regex LayerNumber();
}
