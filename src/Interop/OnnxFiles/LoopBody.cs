using Unroll.Interop.OnnxFiles.Protobuf;

namespace Unroll.Interop.OnnxFiles;

/// <summary>The graph that a Scan or Loop repeats, run on numbers.</summary>
internal sealed class LoopBody(OnnxTranslation outside, GraphProto graph)
{
    public GraphProto Graph => graph;

    /// <summary>Whether the file leaves open how many samples there are.</summary>
    public bool HasOpenSamples => outside.HasOpenSamples;

    /// <summary>The constants that stand in it.</summary>
    public IEnumerable<OnnxTensor> Constants => graph.Initializer.Select(outside.Tensors.Read);

    /// <summary>Has a Scan or Loop name what its body reads from around it as further inputs, behind its own.</summary>
    public static void NameCaptured(GraphProto graph)
    {
        foreach (NodeProto node in graph.Node)
        {
            if (Of(node) is GraphProto body)
            {
                node.Input.AddRange(Captured(body));
            }
        }
    }

    /// <summary>Null where a node repeats none.</summary>
    public static GraphProto? Of(NodeProto node) =>
        node.OpType is "Scan" or "Loop" ? node.Attribute.FirstOrDefault(static attribute => attribute.Name == "body")?.G : null;

    /// <summary>The values that a body reads and does not give, each once.</summary>
    public static IReadOnlyList<string> Captured(GraphProto body)
    {
        HashSet<string> known = [.. body.Input.Select(static input => input.Name), .. body.Initializer.Select(static tensor => tensor.Name), .. body.Node.SelectMany(static node => node.Output)];
        return [.. body.Node
            .SelectMany(static node => node.Input.Concat(node.Attribute.Where(static attribute => attribute.G is not null).SelectMany(static attribute => Captured(attribute.G))))
            .Where(name => name.Length > 0 && !known.Contains(name)).Distinct()];
    }

    /// <summary>The outputs for what its inputs and the values around it are.</summary>
    /// <exception cref="RefusedNodeException">It computes with something else than numbers.</exception>
    public OnnxTensor[] Run(IEnumerable<KeyValuePair<string, OnnxTensor>> values) => Run(values, [.. graph.Output.Select(static output => output.Name)]);

    /// <summary>Some of its outputs, and no more than they are made of.</summary>
    /// <exception cref="RefusedNodeException">It computes with something else than numbers, or they are made of other values.</exception>
    public OnnxTensor[] Run(IEnumerable<KeyValuePair<string, OnnxTensor>> values, IReadOnlyList<string> outputs)
    {
        OnnxTranslation inside = outside.Within(graph);
        foreach ((string name, OnnxTensor value) in values)
        {
            inside.GiveConstant(name, value);
        }

        var needed = new HashSet<string>(outputs, StringComparer.Ordinal);
        foreach (NodeProto node in inside.Links.Ordered.Reverse().Where(node => node.Output.Any(needed.Contains)))
        {
            needed.UnionWith(node.Input);
        }

        foreach (NodeProto node in inside.Links.Ordered.Where(node => node.Output.Any(needed.Contains)))
        {
            if (node.Input.FirstOrDefault(input => input.Length > 0 && inside.Constant(input) is null) is string other)
            {
                throw Unknown($"its {node.OpType} reads '{other}', which only a run knows there");
            }

            if (!OnnxFile.IsStandard(node.Domain) || !ConstantFolding.Fold(new OnnxCall(node, inside)))
            {
                throw Unknown($"its {node.OpType} is none of the operators that cells are made of");
            }
        }

        return [.. outputs.Select(output => inside.Constant(output) ?? throw Unknown($"nothing gives '{output}'"))];
    }

    public static RefusedNodeException Unknown(string why) =>
        OnnxCall.Refusal("body", why, "write LSTM, GRU or RNN, or import the model's own file");
}
