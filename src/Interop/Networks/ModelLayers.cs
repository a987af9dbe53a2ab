using System.Globalization;
using System.Reflection;

namespace Unroll.Interop.Networks;

/// <summary>What a compiled network is made of: its graph, and the attributes of its class and of the blocks in it.</summary>
internal sealed class ModelLayers
{
    private readonly Queue<GraphNode> _rows;
    private readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);
    private readonly List<ModelLayer> _layers = [];
    private readonly List<(string Name, int Position)> _outputs = [];
    private int _axesOfSteps;

    private ModelLayers(ModelBase model)
    {
        Type type = model.GetType();
        var graph = type.GetProperty("Graph", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as NetworkGraph
            ?? throw new ArgumentException($"{type.FullName} has no graph: a class with [Network] has one.", nameof(model));
        Inputs = [.. graph.Layers.TakeWhile(static node => node.Kind == "Input").Select(static node => (node.Layer, node.Shape.ToArray()))];
        foreach ((string name, _) in Inputs)
        {
            _positions.Add(name, _positions.Count);
        }

        _rows = new Queue<GraphNode>(graph.Layers.Skip(Inputs.Count));
        Read(type, depth: 0, []);
        if (_rows.Count > 0)
        {
            throw Unreadable(type);
        }
    }

    /// <summary>The inputs with the shapes of their samples.</summary>
    public IReadOnlyList<(string Name, int[] Shape)> Inputs { get; }

    /// <summary>The layers, each after those it reads.</summary>
    public IReadOnlyList<ModelLayer> Layers => _layers;

    /// <summary>The outputs: names and positions, counted as inputs of layers are.</summary>
    public IReadOnlyList<(string Name, int Position)> Outputs => _outputs.Count > 0 ? _outputs : [("output", Inputs.Count + _layers.Count - 1)];

    /// <exception cref="ArgumentException">The class is none that the generator compiled.</exception>
    public static ModelLayers Of(ModelBase model) => new(model);

    /// <param name="type">A network or a block.</param>
    /// <param name="depth">How many blocks are around its layers.</param>
    /// <param name="shared">For each of them whose parameters it has, where these are another's.</param>
    private void Read(Type type, int depth, IReadOnlyList<string?> shared)
    {
        foreach (Attribute attribute in type.GetCustomAttributes<NetworkPartAttribute>(inherit: false))
        {
            if (attribute is OutputAttribute output)
            {
                _outputs.Add((output.Name, Inputs.Count + _layers.Count - 1));
            }
            else if (attribute is LayerAttribute layer)
            {
                Read(type, layer, depth, shared);
            }
        }
    }

    private void Read(Type type, LayerAttribute layer, int depth, IReadOnlyList<string?> shared)
    {
        Type kind = layer.GetType();
        if (!kind.IsGenericType)
        {
            Add(type, layer, kind.Name[..^nameof(Attribute).Length], shared);
            return;
        }

        if (kind.GetGenericTypeDefinition() == typeof(TimeDistributedAttribute<>))
        {
            ReadTimeDistributed(type, layer, depth, shared);
            return;
        }

        int repeat = (int)kind.GetProperty("Repeat")!.GetValue(layer)!;
        bool isResidual = kind.GetGenericTypeDefinition() == typeof(ResidualAttribute<>);
        string? owner = isResidual ? null : (string?)kind.GetProperty("Shared")!.GetValue(layer);
        for (int repetition = 0; repetition < repeat; repetition++)
        {
            Read(kind.GetGenericArguments()[0], depth + 1, [.. shared, owner]);
            if (isResidual)
            {
                Add(type, layer, "Residual", shared);
            }
        }
    }

    // The graph shows values at all steps; the layers inside have those of one.
    private void ReadTimeDistributed(Type type, LayerAttribute layer, int depth, IReadOnlyList<string?> shared)
    {
        _axesOfSteps++;
        Add(type, layer, "EachStep", [.. shared, null]);
        Read(layer.GetType().GetGenericArguments()[0], depth + 1, [.. shared, null]);
        _axesOfSteps--;
        Add(type, layer, "TimeDistributed", shared);
    }

    private void Add(Type type, LayerAttribute attribute, string kind, IReadOnlyList<string?> shared)
    {
        if (!_rows.TryDequeue(out GraphNode? row) || row.Kind != kind && !IsActivation(row.Kind, kind))
        {
            throw Unreadable(type);
        }

        string[] path = row.Layer.Split('/');
        string owner = string.Join('/', path.Select((part, depth) => depth < shared.Count ? shared[depth] ?? part : part));
        _positions[row.Layer] = Inputs.Count + _layers.Count;
        _layers.Add(new ModelLayer(row.Layer, owner, kind, attribute, InputsOf(attribute, row), [.. row.Shape.Skip(_axesOfSteps)]));
    }

    // An activation by itself shows as its function.
    private static bool IsActivation(string shown, string kind) => kind == "Activate" && Enum.TryParse<Activation>(shown, out _);

    /// <summary>The graph shows a value that is read twice once.</summary>
    private static IReadOnlyList<int> InputsOf(LayerAttribute attribute, GraphNode row)
    {
        IReadOnlyList<string>? names = attribute is MultiHeadAttentionAttribute attention ? NamesOf(attention)
            : attribute is RecurrentAttribute recurrent ? NamesOf(recurrent)
            : attribute.GetType().GetProperty("Inputs")?.GetValue(attribute) as IReadOnlyList<string>;
        if (names is null || names.Count == row.Inputs.Count)
        {
            return row.Inputs;
        }

        string[] distinct = [.. names.Distinct()];
        return row.Inputs.Count == 1 ? [.. names.Select(_ => row.Inputs[0])]
            : distinct.Length == row.Inputs.Count ? [.. names.Select(name => row.Inputs[Array.IndexOf(distinct, name)])]
            : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{row.Layer} reads one value under two names; give it one name."));
    }

    /// <summary>Query, value and key, each what the one before it is where it is left out, as far as they differ.</summary>
    private static IReadOnlyList<string> NamesOf(MultiHeadAttentionAttribute attention)
    {
        string query = attention.Query ?? "";
        string value = attention.Value ?? query;
        string key = attention.Key ?? value;
        return key != value ? [query, value, key] : value != query ? [query, value] : [query];
    }

    /// <summary>The sequence, which is no state and so has a name of its own, and the states.</summary>
    private static IReadOnlyList<string> NamesOf(RecurrentAttribute recurrent) => ["\0", .. recurrent.InitialState];

    private static ArgumentException Unreadable(Type type) =>
        new($"The attributes of {type.FullName} are not those its network was compiled from; compile both together.");
}
