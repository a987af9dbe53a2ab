using Google.Protobuf;
using Unroll.Interop.OnnxFiles.Protobuf;
using DataType = Unroll.Interop.OnnxFiles.Protobuf.TensorProto.Types.DataType;

namespace Unroll.Interop.OnnxFiles;

/// <summary>PyTorch joins the last states of all layers of a recurrence; what takes one of them reads that layer alone.</summary>
internal static class StateParts
{
    public static void Resolve(GraphProto graph, Dictionary<string, NodeProto> givers)
    {
        foreach (NodeProto gather in graph.Node.Where(static node => node.OpType == "Gather" && node.Input.Count == 2 && Int(node, "axis", 0) == 0).ToArray())
        {
            if (!givers.TryGetValue(gather.Input[0], out NodeProto? joined) || joined.OpType != "Concat" || Int(joined, "axis", 0) != 0
                || Index(graph, gather.Input[1], givers) is not long index)
            {
                continue;
            }

            int[] rows = [.. joined.Input.Select(part => Directions(part, givers))];
            long row = index < 0 ? index + rows.Sum() : index;
            if (rows.Contains(0) || row < 0 || row >= rows.Sum())
            {
                continue;
            }

            int layer = 0;
            for (; row >= rows[layer]; layer++)
            {
                row -= rows[layer];
            }

            var place = new TensorProto { Name = $"{gather.Output[0]}/row", DataType = (int)DataType.Int64, RawData = ByteString.CopyFrom(BitConverter.GetBytes(row)) };
            graph.Initializer.Add(place);
            gather.Input[0] = joined.Input[layer];
            gather.Input[1] = place.Name;
        }
    }

    /// <summary>How many directions' last states a value is; 0 where it is something else.</summary>
    private static int Directions(string value, Dictionary<string, NodeProto> givers) =>
        !givers.TryGetValue(value, out NodeProto? giver) || giver.OpType is not ("LSTM" or "GRU" or "RNN") || giver.Output.IndexOf(value) < 1 || Int(giver, "layout", 0) != 0 ? 0
        : giver.Attribute.FirstOrDefault(static attribute => attribute.Name == "direction")?.S.ToStringUtf8() == "bidirectional" ? 2
        : 1;

    private static long? Index(GraphProto graph, string value, Dictionary<string, NodeProto> givers)
    {
        TensorProto? tensor = graph.Initializer.FirstOrDefault(tensor => tensor.Name == value)
            ?? (givers.TryGetValue(value, out NodeProto? giver) && giver.OpType == "Constant" ? giver.Attribute.FirstOrDefault(static attribute => attribute.Name == "value")?.T : null);
        return tensor is not { DataType: (int)DataType.Int64, Dims.Count: 0 } ? null
            : tensor.RawData.Length == sizeof(long) ? BitConverter.ToInt64(tensor.RawData.Span)
            : tensor.Int64Data is [long one] ? one
            : null;
    }

    private static long Int(NodeProto node, string name, long fallback) => node.Attribute.FirstOrDefault(attribute => attribute.Name == name)?.I ?? fallback;
}
