using Unroll.Interop.OnnxFiles.Protobuf;
using DataType = Unroll.Interop.OnnxFiles.Protobuf.TensorProto.Types.DataType;

namespace Unroll.Interop.OnnxFiles;

/// <summary>Takes out of a graph what gives no number that a network predicts: conversions that convert nothing, labels, and what nothing reads.</summary>
internal static class GraphCleaning
{
    private const string LabelLookup = "ai.onnx.ml.ArrayFeatureExtractor";
    private const string Threshold = "ai.onnx.ml.Binarizer";

    // Their results are whole numbers or truths whatever they read.
    private static readonly HashSet<string> s_ofWholes =
        ["Shape", "Size", "ArgMax", "ArgMin", "NonZero", "Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "Not", "And", "Or", "Xor", "IsNaN", "IsInf", "Range", "ConstantOfShape", LabelLookup];

    /// <returns>What to say of it.</returns>
    public static IReadOnlyList<string> Apply(GraphProto graph)
    {
        var notes = new List<string>();
        HashSet<NodeProto> before = Needed(graph);
        DropLabels(graph, notes);
        StateParts.Resolve(graph, Givers(graph));
        before.ExceptWith(Needed(graph));
        Drop(graph, before);
        DropConversions(graph);
        return notes;
    }

    /// <summary>scikit-learn's classifiers give the label of the largest probability beside the probabilities.</summary>
    private static void DropLabels(GraphProto graph, List<string> notes)
    {
        Dictionary<string, NodeProto> givers = Givers(graph);
        foreach (ValueInfoProto output in graph.Output.ToArray())
        {
            if (graph.Output.Count > 1 && LabelOf(output.Name, givers) is NodeProto chooser
                && graph.Output.FirstOrDefault(other => other != output && Reads(other.Name, chooser.Input[0], givers)) is { } probabilities)
            {
                graph.Output.Remove(output);
                string rule = chooser.OpType == Threshold ? "what is above the threshold" : "the largest";
                notes.Add($"{output.Name}: left out, as it only names {rule} of {probabilities.Name}, which the class gives");
            }
        }

        foreach (NodeProto node in graph.Node.Where(static node => node.OpType == "ai.onnx.ml.ZipMap"))
        {
            IEnumerable<string> labels = node.Attribute.SelectMany(static attribute => attribute.Name switch
            {
                "classlabels_strings" => attribute.Strings.Select(static label => label.ToStringUtf8()),
                "classlabels_int64s" => attribute.Ints.Select(static label => $"{label}"),
                _ => [],
            });
            notes.Add($"{node.Output.FirstOrDefault()}: probabilities in the order of the labels {string.Join(", ", labels.Take(100))}");
        }
    }

    /// <summary>The node that chooses; null where the value is something else.</summary>
    private static NodeProto? LabelOf(string value, Dictionary<string, NodeProto> givers)
    {
        // No further than there are nodes, in case they read each other in a circle.
        for (int step = 0; step < givers.Count && givers.TryGetValue(value, out NodeProto? giver); step++)
        {
            switch (giver.OpType)
            {
                case "ArgMax" or Threshold when giver.Input.Count > 0:
                    return giver;
                case LabelLookup when giver.Input.Count > 1:
                    value = giver.Input[1];
                    break;
                case "Identity" or "Cast" or "Reshape" or "Squeeze" when giver.Input.Count > 0:
                    value = giver.Input[0];
                    break;
                default:
                    return null;
            }
        }

        return null;
    }

    private static bool Reads(string value, string other, Dictionary<string, NodeProto> givers)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Stack<string>([value]);
        while (waiting.TryPop(out string? name))
        {
            if (name == other)
            {
                return true;
            }

            foreach (string input in seen.Add(name) && givers.TryGetValue(name, out NodeProto? giver) ? giver.Input.AsEnumerable() : [])
            {
                waiting.Push(input);
            }
        }

        return false;
    }

    private static void DropConversions(GraphProto graph)
    {
        HashSet<string> floats = [.. graph.Initializer.Where(static tensor => tensor.DataType == (int)DataType.Float).Select(static tensor => tensor.Name)];
        floats.UnionWith(graph.Input.Where(static input => input.Type?.TensorType?.ElemType == (int)DataType.Float).Select(static input => input.Name));
        Dictionary<string, string> sames = new(StringComparer.Ordinal);
        HashSet<string> outputs = [.. graph.Output.Select(static output => output.Name)];
        var kept = new List<NodeProto>();
        foreach (NodeProto node in graph.Node)
        {
            for (int input = 0; input < node.Input.Count; input++)
            {
                node.Input[input] = sames.GetValueOrDefault(node.Input[input], node.Input[input]);
            }

            bool reads = node.Input.Count > 0 && floats.Contains(node.Input[node.OpType == "Where" && node.Input.Count > 2 ? 1 : 0]);
            bool toFloat = node.OpType == "Cast" && node.Attribute.FirstOrDefault(static attribute => attribute.Name == "to")?.I == (int)DataType.Float;
            if (toFloat && reads && node.Output.Count == 1 && !outputs.Contains(node.Output[0]))
            {
                sames[node.Output[0]] = node.Input[0];
                continue;
            }

            kept.Add(node);
            if (toFloat || (reads && node.OpType != "Cast" && !s_ofWholes.Contains(node.OpType)))
            {
                floats.UnionWith(node.Output);
            }
        }

        graph.Node.Clear();
        graph.Node.AddRange(kept);
    }

    private static HashSet<NodeProto> Needed(GraphProto graph)
    {
        Dictionary<string, NodeProto> givers = Givers(graph);
        HashSet<NodeProto> needed = new((IEqualityComparer<NodeProto>)ReferenceEqualityComparer.Instance);
        var waiting = new Stack<string>(graph.Output.Select(static output => output.Name));
        while (waiting.TryPop(out string? name))
        {
            foreach (string input in givers.TryGetValue(name, out NodeProto? giver) && needed.Add(giver) ? giver.Input.AsEnumerable() : [])
            {
                waiting.Push(input);
            }
        }

        return needed;
    }

    /// <summary>Takes nodes out, with the constants that they alone read.</summary>
    private static void Drop(GraphProto graph, HashSet<NodeProto> nodes)
    {
        if (nodes.Count > 0)
        {
            Keep(graph.Node, node => !nodes.Contains(node));
            HashSet<string> read = [.. graph.Node.SelectMany(static node => node.Input)];
            HashSet<string> gone = [.. nodes.SelectMany(static node => node.Input).Where(input => !read.Contains(input))];
            Keep(graph.Initializer, tensor => !gone.Contains(tensor.Name));
        }
    }

    private static void Keep<T>(Google.Protobuf.Collections.RepeatedField<T> items, Func<T, bool> isKept)
    {
        T[] kept = [.. items.Where(isKept)];
        items.Clear();
        items.AddRange(kept);
    }

    private static Dictionary<string, NodeProto> Givers(GraphProto graph)
    {
        Dictionary<string, NodeProto> givers = new(StringComparer.Ordinal);
        foreach (NodeProto node in graph.Node)
        {
            foreach (string output in node.Output.Where(static output => output.Length > 0))
            {
                givers.TryAdd(output, node);
            }
        }

        return givers;
    }
}
