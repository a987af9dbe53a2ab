using System.Security;
using System.Text;

namespace Unroll.Interop.Networks;

/// <summary>Names the layers of a network and writes its class.</summary>
/// <param name="inputs">Its inputs with the shapes of their samples.</param>
/// <param name="layers">After those they read.</param>
/// <param name="outputs">Its outputs by their names.</param>
/// <param name="notes">What the head of the class says; receives which layers shared parameters.</param>
internal sealed class NetworkText(
    IReadOnlyList<(NetworkNode Node, IReadOnlyList<int> Shape)> inputs,
    IReadOnlyList<NetworkNode> layers,
    IReadOnlyList<(NetworkNode Node, string Name)> outputs,
    ICollection<string> notes)
{
    private readonly Dictionary<NetworkNode, string> _names = [];
    private readonly HashSet<NetworkNode> _referred = Referred(inputs[^1].Node, layers);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<NetworkNode, NetworkText> _bodies = [];

    /// <summary>Whether the class is a stream.</summary>
    public bool IsStreaming { get; init; }

    /// <summary>The parameters under the names of the class.</summary>
    public IReadOnlyList<ImportedTensor> Tensors => [.. layers.SelectMany(layer => layer.Parameters.Concat(_bodies.GetValueOrDefault(layer)?.Tensors ?? [])
        .Select(parameter => parameter with { Name = $"{_names[layer]}/{parameter.Name}" }))];

    /// <summary>Kernels and tables under the names of the file, and the layers that have them, those in blocks too.</summary>
    private IEnumerable<(string Kernel, string Layer)> Kernels => layers.SelectMany(layer => _bodies.TryGetValue(layer, out NetworkText? body)
        ? body.Kernels.Select(inside => (inside.Kernel, $"{_names[layer]}/{inside.Layer}"))
        : layer.KernelName is string kernel ? [(kernel, _names[layer])] : []);

    /// <summary>What the class calls a layer or an input.</summary>
    public string NameOf(NetworkNode node) => _names[node];

    /// <summary>What the class calls an output.</summary>
    public string OutputName(string given) => outputs.Count == 1 ? "output" : Identifiers.Layer(given);

    public string Write(string className, string? nameSpace, string summary)
    {
        NameAll();
        var blocks = new StringBuilder();
        NameBlocks(className, new HashSet<string>(StringComparer.Ordinal) { className }, blocks);
        NoteShared();
        var text = new StringBuilder();
        foreach (string note in notes)
        {
            text.AppendLine($"// {note.ReplaceLineEndings(" ")}");
        }

        text.AppendLine("using Unroll;").AppendLine();
        if (nameSpace is not null)
        {
            text.AppendLine($"namespace {nameSpace};").AppendLine();
        }

        AppendClass(text, className, summary, [.. Head(), .. Lines()]);
        return text.Append(blocks).ToString();
    }

    private static void AppendClass(StringBuilder text, string name, string summary, IEnumerable<string> lines)
    {
        text.Append("/// <summary>").Append(SecurityElement.Escape(summary)).AppendLine("</summary>");
        foreach (string line in lines)
        {
            text.AppendLine(line);
        }

        text.Append("public sealed partial class ").Append(name).AppendLine(";");
    }

    /// <summary>Names and writes the blocks that are applied to each step, those within them behind.</summary>
    private void NameBlocks(string prefix, HashSet<string> classes, StringBuilder text)
    {
        foreach (NetworkNode layer in layers.Where(static layer => layer.Body is not null))
        {
            string given = prefix + Identifiers.Pascal(_names[layer]);
            string name = given;
            for (int number = 2; !classes.Add(name); number++)
            {
                name = $"{given}{number}";
            }

            NetworkBody body = layer.Body!;
            var block = new NetworkText([(body.Input, [])], body.Layers, [(body.Output, "output")], notes);
            block.NameAll();
            layer.Attribute!.Block = name;
            _bodies.Add(layer, block);
            var inside = new StringBuilder();
            block.NameBlocks(name, classes, inside);
            AppendClass(text.AppendLine(), name, $"What {_names[layer]} does to each step.", ["[Block]", .. block.Lines()]);
            text.Append(inside);
        }
    }

    private IEnumerable<string> Head()
    {
        bool isPlain = inputs.Count == 1 && _names[inputs[0].Node] == "input";
        yield return isPlain ? $"[Network({string.Join(", ", inputs[0].Shape)}{(IsStreaming ? ", Streaming = true" : "")})]" : "[Network]";
        foreach ((NetworkNode node, IReadOnlyList<int> shape) in isPlain ? [] : inputs)
        {
            yield return $"[Input(\"{_names[node]}\", {string.Join(", ", shape)})]";
        }
    }

    private IEnumerable<string> Lines()
    {
        // The one output of a network is that of its last layer.
        bool declaresOutputs = outputs.Count > 1 || outputs[0].Node != layers[^1];
        NetworkNode above = inputs[^1].Node;
        foreach (NetworkNode layer in layers)
        {
            AttributeText attribute = layer.Attribute!;
            if (attribute.TypesOf("inputs").Any())
            {
                attribute.Set("inputs", layer.Inputs.Select(input => _names[input]).ToArray());
            }
            else if (layer.Inputs.Count > 1 && attribute.TypesOf("InitialState").Any())
            {
                attribute.Set("InitialState", layer.Inputs.Skip(1).Select(input => _names[input]).ToArray());
                if (layer.Inputs[0] != above)
                {
                    attribute.Set("From", _names[layer.Inputs[0]]);
                }
            }
            else if (layer.Inputs.Count > 1)
            {
                // Attention that reads several values.
                foreach ((string argument, NetworkNode input) in new[] { "Query", "Value", "Key" }.Zip(layer.Inputs))
                {
                    attribute.Set(argument, _names[input]);
                }
            }
            else if (layer.Inputs[0] != above)
            {
                attribute.Set("From", _names[layer.Inputs[0]]);
            }

            if (IsNamed(layer))
            {
                attribute.Set("Name", _names[layer]);
            }

            yield return attribute.ToString();
            above = layer;
            foreach ((_, string name) in outputs.Where(output => declaresOutputs && output.Node == layer))
            {
                yield return $"[Output(\"{OutputName(name)}\")]";
            }
        }
    }

    /// <summary>The layers that others name.</summary>
    private static HashSet<NetworkNode> Referred(NetworkNode above, IReadOnlyList<NetworkNode> layers)
    {
        var referred = new HashSet<NetworkNode>();
        foreach (NetworkNode layer in layers)
        {
            bool isMerge = layer.Attribute!.TypesOf("inputs").Any() || layer.Inputs.Count > 1;
            referred.UnionWith(layer.Inputs.Where(input => isMerge || input != above));
            above = layer;
        }

        return referred;
    }

    private void NameAll()
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (NetworkNode layer in layers)
        {
            string kind = Kind(layer);
            counts[kind] = counts.GetValueOrDefault(kind) + 1;
            _names[layer] = $"{kind}{counts[kind]}";
        }

        // A default name is taken where it stays: others may have that of a layer that gets another name.
        ILookup<bool, NetworkNode> byNamed = layers.ToLookup(layer => layer.GivenName is not null && IsNamed(layer));
        _taken.UnionWith(byNamed[false].Select(layer => _names[layer]));
        foreach ((NetworkNode node, _) in inputs)
        {
            _names[node] = Claim(inputs.Count == 1 || node.GivenName is null ? "input" : Identifiers.Layer(node.GivenName!));
        }

        // Of several layers that are given one name, that whose default it is keeps it: weights then fit the class that Onnx.Export wrote.
        foreach (NetworkNode layer in byNamed[true].OrderByDescending(layer => Given(layer) == _names[layer]))
        {
            _names[layer] = Claim(Given(layer));
        }
    }

    /// <summary>Predictions are the same where layers share what they read, and so nothing else would tell.</summary>
    private void NoteShared()
    {
        foreach (string[] sharing in Kernels.GroupBy(static own => own.Kernel, static own => own.Layer).Select(static group => group.ToArray()).Where(static group => group.Length > 1))
        {
            notes.Add($"{string.Join(", ", sharing[..^1])} and {sharing[^1]} read the same constants; here each has its own, so that training changes one alone");
        }
    }

    private bool IsNamed(NetworkNode layer) => layer.Parameters.Count > 0 || layer.Body is not null || _referred.Contains(layer);

    /// <summary>The name that a layer is given, as a class can have it.</summary>
    private static string Given(NetworkNode layer)
    {
        string name = Identifiers.Layer(layer.GivenName!);
        return char.IsLetter(name[0]) ? name : $"{Kind(layer)}_{name.TrimStart('_')}";
    }

    /// <summary>What layers of a kind are called where nothing names them.</summary>
    private static string Kind(NetworkNode layer) => Identifiers.SnakeCase(layer.Attribute!.Kind);

    private string Claim(string given)
    {
        string name = given;
        for (int number = 2; !_taken.Add(name); number++)
        {
            name = $"{given}_{number}";
        }

        return name;
    }
}
