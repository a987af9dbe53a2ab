using Unroll.Interop.OnnxFiles.Protobuf;

namespace Unroll.Interop.OnnxFiles;

/// <summary>Who reads which value.</summary>
internal sealed class OnnxLinks
{
    private static readonly HashSet<string> s_imageOperators =
        ["Conv", "ConvTranspose", "MaxPool", "AveragePool", "GlobalAveragePool", "GlobalMaxPool", "InstanceNormalization", "Resize", "Upsample", "DepthToSpace", "SpaceToDepth"];

    // They leave axes where they are, so that what follows decides.
    private static readonly HashSet<string> s_neutralOperators =
        ["Relu", "LeakyRelu", "Clip", "Sigmoid", "Tanh", "Pad", "Identity", "Cast", "Dropout", "BatchNormalization", "Add", "Sub", "Mul", "Div"];

    // What operators cannot do without; one input where they are not listed.
    private static readonly Dictionary<string, int> s_inputs = new(StringComparer.Ordinal)
    {
        ["Constant"] = 0,
        ["Gemm"] = 2,
        ["MatMul"] = 2,
        ["Conv"] = 2,
        ["ConvTranspose"] = 2,
        ["BatchNormalization"] = 5,
        ["LayerNormalization"] = 2,
        ["InstanceNormalization"] = 3,
        ["GroupNormalization"] = 3,
        ["PRelu"] = 2,
        ["Add"] = 2,
        ["Sub"] = 2,
        ["Mul"] = 2,
        ["Div"] = 2,
        ["Pow"] = 2,
        ["Gather"] = 2,
        ["LSTM"] = 3,
        ["GRU"] = 3,
        ["RNN"] = 3,
        ["Expand"] = 2,
        ["Where"] = 3,
        ["Equal"] = 2,
        ["Greater"] = 2,
        ["GreaterOrEqual"] = 2,
        ["Less"] = 2,
        ["LessOrEqual"] = 2,
        ["And"] = 2,
        ["Or"] = 2,
        ["Xor"] = 2,
        ["Range"] = 3,
        ["CastLike"] = 2,
        ["Attention"] = 3,
        ["RMSNormalization"] = 2,
        ["Reshape"] = 2,
        ["Tile"] = 2,
        ["ReverseSequence"] = 2,
    };

    private readonly ILookup<string, NodeProto> _readers;
    private readonly HashSet<string> _outputs;
    private readonly Dictionary<NodeProto, int> _places;

    /// <exception cref="InvalidDataException">A value is given twice, or depends on itself.</exception>
    public OnnxLinks(GraphProto graph, string path)
    {
        foreach (NodeProto node in graph.Node.Where(static node => OnnxFile.IsStandard(node.Domain)))
        {
            int needed = s_inputs.GetValueOrDefault(node.OpType, 1);
            if (node.Output.Count == 0 || node.Output[0].Length == 0 || node.Input.Count < needed || node.Input.Take(needed).Any(static input => input.Length == 0))
            {
                throw new InvalidDataException($"{path}: the node '{node.Name}' ({node.OpType}) needs {needed} inputs and an output, and has [{string.Join(", ", node.Input)}] and [{string.Join(", ", node.Output)}].");
            }
        }

        _readers = graph.Node
            .SelectMany(static node => node.Input.Where(static input => input.Length > 0).Distinct().Select(input => (Input: input, Node: node)))
            .ToLookup(static read => read.Input, static read => read.Node, StringComparer.Ordinal);
        _places = graph.Node.Select(static (node, place) => (node, place)).ToDictionary(
            static pair => pair.node, static pair => pair.place, (IEqualityComparer<NodeProto>)ReferenceEqualityComparer.Instance);
        _outputs = [.. graph.Output.Select(static output => output.Name)];
        Ordered = Order(graph, path);
    }

    /// <summary>The nodes, each after those whose values it reads.</summary>
    public IReadOnlyList<NodeProto> Ordered { get; }

    /// <summary>Where a node stands in the file.</summary>
    public int Place(NodeProto node) => _places[node];

    public IEnumerable<NodeProto> Readers(string value) => _readers[value];

    public bool IsOutput(string value) => _outputs.Contains(value);

    /// <summary>The one node that needs a value; null where there are others, or it is an output.</summary>
    public NodeProto? OnlyReader(string value) => !IsOutput(value) && _readers[value].Take(2).ToArray() is [NodeProto only] ? only : null;

    /// <summary>Whether a value goes into a layer of images or signals, whose channels come first in the file.</summary>
    public bool ReadsImages(string value)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<string>([value]);
        while (waiting.TryDequeue(out string? name))
        {
            foreach (NodeProto reader in seen.Add(name) ? _readers[name] : [])
            {
                if (s_imageOperators.Contains(reader.OpType) && reader.Input[0] == name)
                {
                    return true;
                }

                if (s_neutralOperators.Contains(reader.OpType) && reader.Output.Count > 0)
                {
                    waiting.Enqueue(reader.Output[0]);
                }
            }
        }

        return false;
    }

    private NodeProto[] Order(GraphProto graph, string path)
    {
        var giver = new Dictionary<string, NodeProto>(StringComparer.Ordinal);
        foreach (NodeProto node in graph.Node)
        {
            foreach (string output in node.Output.Where(static output => output.Length > 0))
            {
                if (!giver.TryAdd(output, node))
                {
                    throw new InvalidDataException($"{path}: '{output}' is given by two nodes.");
                }
            }
        }

        Dictionary<NodeProto, int> waits = graph.Node.ToDictionary(
            static node => node, node => node.Input.Distinct().Count(giver.ContainsKey), (IEqualityComparer<NodeProto>)ReferenceEqualityComparer.Instance);
        // In the order of the file, which is one already unless its writer broke the rules.
        var ready = new PriorityQueue<NodeProto, int>(graph.Node.Where(node => waits[node] == 0).Select(node => (node, Place(node))));
        var ordered = new List<NodeProto>();
        while (ready.TryDequeue(out NodeProto? node, out _))
        {
            ordered.Add(node);
            foreach (NodeProto reader in node.Output.Where(static output => output.Length > 0).SelectMany(output => _readers[output]))
            {
                if (--waits[reader] == 0)
                {
                    ready.Enqueue(reader, Place(reader));
                }
            }
        }

        return ordered.Count == graph.Node.Count
            ? [.. ordered]
            : throw new InvalidDataException($"{path}: nodes read each other in a circle.");
    }
}
