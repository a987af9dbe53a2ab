using Unroll.Interop.OnnxFiles.Protobuf;

namespace Unroll.Interop.OnnxFiles;

/// <summary>Puts the nodes of a model's own functions where they are called, as PyTorch's exporter writes layers before its optimizer has run.</summary>
internal static class FunctionInlining
{
    /// <exception cref="InvalidDataException">Functions call each other in a circle, or there are more nodes than are read.</exception>
    public static void Apply(ModelProto model, string path, int mostNodes)
    {
        Dictionary<(string, string, string), FunctionProto> functions = [];
        foreach (FunctionProto function in model.Functions)
        {
            functions[(function.Domain, function.Name, function.Overload)] = function;
        }

        if (functions.Count == 0)
        {
            return;
        }

        var inlined = new List<NodeProto>();
        // What waits, the next node last, and how many functions it lies in.
        var waiting = new Stack<(NodeProto Node, int Depth)>(model.Graph.Node.Reverse().Select(static node => (node, 0)));
        int calls = 0;
        while (waiting.TryPop(out (NodeProto Node, int Depth) next))
        {
            if (!functions.TryGetValue((next.Node.Domain, next.Node.OpType, next.Node.Overload), out FunctionProto? function))
            {
                inlined.Add(next.Node);
                continue;
            }

            calls++;
            if (next.Depth > functions.Count || inlined.Count + waiting.Count + function.Node.Count > mostNodes || calls > mostNodes)
            {
                throw new InvalidDataException($"{path}: its functions call each other in a circle, or have more than {mostNodes} nodes.");
            }

            foreach (NodeProto node in Body(function, next.Node, calls).Reverse())
            {
                waiting.Push((node, next.Depth + 1));
            }
        }

        model.Graph.Node.Clear();
        model.Graph.Node.AddRange(inlined);
    }

    private static IEnumerable<NodeProto> Body(FunctionProto function, NodeProto call, int number)
    {
        Dictionary<string, string> names = new(StringComparer.Ordinal) { [""] = "" };
        for (int input = 0; input < function.Input.Count; input++)
        {
            names[function.Input[input]] = input < call.Input.Count ? call.Input[input] : "";
        }

        for (int output = 0; output < function.Output.Count; output++)
        {
            // An input that goes out as it is needs a node.
            if (output < call.Output.Count && call.Output[output].Length > 0 && !names.TryAdd(function.Output[output], call.Output[output]))
            {
                var same = new NodeProto { OpType = "Identity", Name = call.Name };
                same.Input.Add(names[function.Output[output]]);
                same.Output.Add(call.Output[output]);
                yield return same;
            }
        }

        Dictionary<string, AttributeProto> attributes = new(StringComparer.Ordinal);
        foreach (AttributeProto attribute in function.AttributeProto.Concat(call.Attribute))
        {
            attributes[attribute.Name] = attribute;
        }

        string NameOf(string inner) => names.TryGetValue(inner, out string? outer) ? outer : names[inner] = $"{call.Name}/{number}/{inner}";
        foreach (NodeProto inner in function.Node)
        {
            NodeProto node = inner.Clone();
            node.Name = call.Name;
            Replace(node.Input, NameOf);
            Replace(node.Output, NameOf);
            node.Attribute.Clear();
            node.Attribute.AddRange(inner.Attribute.Select(attribute => Given(attribute, attributes)).OfType<AttributeProto>());
            yield return node;
        }
    }

    private static void Replace(Google.Protobuf.Collections.RepeatedField<string> names, Func<string, string> by)
    {
        for (int i = 0; i < names.Count; i++)
        {
            names[i] = by(names[i]);
        }
    }

    /// <summary>Null where it stands for one that the call leaves out.</summary>
    private static AttributeProto? Given(AttributeProto attribute, Dictionary<string, AttributeProto> given)
    {
        if (attribute.RefAttrName.Length == 0)
        {
            return attribute;
        }

        AttributeProto? value = given.GetValueOrDefault(attribute.RefAttrName)?.Clone();
        value?.Name = attribute.Name;
        return value;
    }
}
