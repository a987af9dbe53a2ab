using Unroll.Interop.Networks;
using Unroll.Interop.OnnxFiles.Protobuf;
using DataType = Unroll.Interop.OnnxFiles.Protobuf.TensorProto.Types.DataType;

namespace Unroll.Interop.OnnxFiles;

/// <summary>What a graph takes, as inputs of a network.</summary>
internal static class GraphInputs
{
    public static void Read(OnnxTranslation translation, GraphProto graph)
    {
        foreach (ValueInfoProto input in graph.Input.Where(input => translation.Constant(input.Name) is null))
        {
            TypeProto.Types.Tensor? type = input.Type?.TensorType;
            int[] sizes = [.. (type?.Shape?.Dim ?? []).Select(static size => size.DimValue is > 0 and <= int.MaxValue ? (int)size.DimValue : 0)];
            int batch = BatchAxis(translation, input.Name, sizes);
            translation.HasOpenSamples |= batch < sizes.Length && sizes[batch] == 0;
            int[] shape = [.. sizes.Where((_, axis) => axis != batch)];
            // Whole numbers are ids.
            bool isRead = (DataType)(type?.ElemType ?? 0) is DataType.Float or DataType.Int64 or DataType.Int32;
            if (!isRead)
            {
                translation.Refuse(input.Name, "input", "type", "inputs are tensors of 32-bit floats, or of whole numbers where they are ids", "export the model with a float input");
            }
            else if (sizes.Length == 0 || shape.Contains(0))
            {
                string given = string.Join(", ", type!.Shape?.Dim.Select(static size => size.DimParam.Length > 0 ? size.DimParam : $"{size.DimValue}") ?? []);
                translation.Refuse(input.Name, "input", "shape", $"every size of a sample is fixed in a network, after a batch axis, and the file says [{given}]", "export the model with fixed sizes");
            }
            else
            {
                // A number for each sample is a vector of one here.
                int[] own = shape.Length == 0 ? [1] : shape;
                int steps = StepsOfImages(translation, input.Name, own.Length);
                int[] axes = [.. Layouts.AsFile(steps), .. own.Skip(steps).Any() ? Layouts.ChannelsLast(own.Length - steps).Select(axis => steps + axis) : []];
                var value = new OnnxValue(new NetworkNode(null, input.Name, []), own, axes) { Batch = batch };
                translation.Inputs.Add((input.Name, value));
                if (shape.Length > 0)
                {
                    translation.Give(input.Name, value);
                }
                else
                {
                    translation.Give(input.Name, new LooseValue(value.Node, [[]], [[Factor.Samples]]));
                }

                continue;
            }

            translation.Forgo(input.Name);
        }
    }

    /// <summary>How many axes come before the channels of an image or a signal; all of them where it is neither.</summary>
    /// <remarks>It decides nothing but where the class has the axes: what the file does between the input and the layer is read node by node.</remarks>
    private static int StepsOfImages(OnnxTranslation translation, string input, int rank)
    {
        if (translation.Links.ReadsImages(input))
        {
            return 0;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<string>([input]);
        while (waiting.TryDequeue(out string? name))
        {
            foreach (NodeProto reader in seen.Add(name) ? translation.Links.Readers(name).Where(reader => reader.Input[0] == name) : [])
            {
                if (reader.OpType == "Conv" && translation.Constant(reader.Input[1]) is { } kernel && kernel.Dims.Count - 1 < rank)
                {
                    return rank - (kernel.Dims.Count - 1);
                }

                long[] order = [.. reader.Attribute.FirstOrDefault(static attribute => attribute.Name == "perm")?.Ints ?? []];
                bool movesStepsAlone = reader.OpType == "Transpose" && order.Length > 2 && order.Skip(2).Select(static (axis, place) => axis == place + 2).All(static isKept => isKept);
                if (movesStepsAlone || reader.OpType is "Reshape" or "Gather" or "Slice" or "Squeeze" or "Split" or "Identity" or "Cast")
                {
                    waiting.Enqueue(reader.Output[0]);
                }
            }
        }

        return rank;
    }

    /// <summary>The axis that alone is open; else the first, or the second of a sequence that goes into a recurrence with its steps first.</summary>
    private static int BatchAxis(OnnxTranslation translation, string name, int[] sizes)
    {
        int[] open = [.. Enumerable.Range(0, sizes.Length).Where(axis => sizes[axis] == 0)];
        bool isOfSteps = open.Length == 0 && sizes.Length == 3
            && translation.Links.Readers(name).Any(reader => reader.OpType is "LSTM" or "GRU" or "RNN" && reader.Input[0] == name && new OnnxCall(reader, translation).Int("layout", 0) == 0);
        return open.Length == 1 ? open[0] : isOfSteps ? 1 : 0;
    }
}
