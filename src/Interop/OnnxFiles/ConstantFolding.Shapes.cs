using Unroll.Interop.OnnxFiles.Protobuf;

namespace Unroll.Interop.OnnxFiles;

/// <summary>Constants cast, cut, joined and given other shapes.</summary>
internal static partial class ConstantFolding
{
    private static OnnxTensor Cast(OnnxCall call)
    {
        OnnxTensor value = call.Constant(0)!;
        var type = (TensorProto.Types.DataType)call.Int("to", 0);
        return type switch
        {
            TensorProto.Types.DataType.Float or TensorProto.Types.DataType.Double => new OnnxTensor(value.Dims, value.AsFloats(), null),
            TensorProto.Types.DataType.Bool => new OnnxTensor(value.Dims, null, [.. value.AsFloats().Select(static number => number != 0 ? 1L : 0L)]),
            TensorProto.Types.DataType.Int64 or TensorProto.Types.DataType.Int32 =>
                value.IsWhole ? value : new OnnxTensor(value.Dims, null, [.. value.Floats!.Select(static number => (long)number)]),
            _ => throw OnnxCall.Refusal("to", $"constants are floats or whole numbers, and the file says {type}", "export the model in float32"),
        };
    }

    private static OnnxTensor Transpose(OnnxCall call)
    {
        OnnxTensor value = call.Constant(0)!;
        int[] order = call.Ints("perm") ?? [.. Enumerable.Range(0, value.Dims.Count).Reverse()];
        if (!order.Order().SequenceEqual(Enumerable.Range(0, value.Dims.Count)))
        {
            throw OnnxCall.Refusal("perm", "it is no order of the axes", "export the model again");
        }

        return ConstantArrays.Transpose(value, order);
    }

    private static OnnxTensor Reshape(OnnxCall call)
    {
        OnnxTensor value = call.Constant(0)!;
        int[] dims = ShapeRules.Resolve(call, call.WholeNumbers(1, "shape"), [.. value.Dims], value.Count);
        return value with { Dims = dims };
    }

    private static OnnxTensor Squeeze(OnnxCall call)
    {
        OnnxTensor value = call.Constant(0)!;
        int[]? axes = call.Axes(1);
        if (call.Operator == "Squeeze")
        {
            int[] gone = axes is null ? [] : [.. axes.Select(axis => axis < 0 ? axis + value.Dims.Count : axis)];
            return value with { Dims = [.. value.Dims.Where((size, axis) => size != 1 || (axes is not null && !gone.Contains(axis)))] };
        }

        var dims = value.Dims.ToList();
        int rank = dims.Count + (axes?.Length ?? 0);
        foreach (int axis in (axes ?? []).Select(axis => axis < 0 ? axis + rank : axis).Order())
        {
            dims.Insert(Math.Clamp(axis, 0, dims.Count), 1);
        }

        return value with { Dims = dims };
    }

    private static OnnxTensor Gather(OnnxCall call)
    {
        OnnxTensor index = call.Constant(1)!;
        if (call.Constant(0) is { Floats: { } rows, Dims: [int count and > 0, _, ..] dims } && index.IsWhole && call.Int("axis", 0) == 0)
        {
            int width = rows.Length / count;
            return new OnnxTensor([.. index.Dims, .. dims.Skip(1)], [.. index.Wholes!.SelectMany(place => rows.AsSpan(Place(place < 0 ? place + count : place, count) * width, width).ToArray())], null);
        }

        OnnxTensor value = Vector(call, 0);
        long[] picked = [.. (index.Wholes ?? []).Select(place => value.Wholes![Place(place < 0 ? place + value.Count : place, value.Count)])];
        return new OnnxTensor(index.Dims, null, picked);
    }

    private static OnnxTensor Concat(OnnxCall call)
    {
        OnnxTensor[] parts = [.. Enumerable.Range(0, call.Node.Input.Count).Select(call.Constant).OfType<OnnxTensor>()];
        // A number by itself is a shape of one axis.
        parts = [.. parts.Select(static part => part.Repeated is { } shape ? Whole(part, shape) : part.Dims.Count == 0 ? part with { Dims = [1] } : part)];
        long axis = call.Int("axis", 0);
        long counted = axis < 0 ? axis + parts[0].Dims.Count : axis;
        return counted >= 0 && counted < parts[0].Dims.Count && ConstantArrays.Join(parts, (int)counted) is OnnxTensor joined ? joined : throw Shapes();
    }

    private static OnnxTensor Slice(OnnxCall call)
    {
        // What has one number only is that wherever it is cut.
        if (call.Constant(0) is { Count: 1, Dims.Count: 0 } one)
        {
            call.Ints("axes");
            return one;
        }

        OnnxTensor value = call.Constant(0)!;
        int rank = value.Dims.Count;
        long[] starts = call.Longs("starts") ?? call.WholeNumbers(1, "starts");
        long[] ends = call.Longs("ends") ?? call.WholeNumbers(2, "ends");
        int[] axes = call.Axes(3) ?? [.. Enumerable.Range(0, starts.Length)];
        long[] steps = call.Has(4) ? call.WholeNumbers(4, "steps") : [.. starts.Select(static _ => 1L)];
        (int Start, int Count, int Step)[] pieces = [.. value.Dims.Select(static size => (0, size, 1))];
        if (ends.Length != starts.Length || axes.Length != starts.Length || steps.Length != starts.Length)
        {
            throw OnnxCall.Refusal("starts", "a start, an end and a step for each axis are expected", "export the model again");
        }

        for (int i = 0; i < axes.Length; i++)
        {
            int axis = axes[i] < 0 ? axes[i] + rank : axes[i];
            if (axis < 0 || axis >= rank || steps[i] == 0 || steps[i] is < -int.MaxValue or > int.MaxValue)
            {
                throw OnnxCall.Refusal("steps", "an axis that is there, and steps other than 0, are expected", "export the model again");
            }

            int size = value.Dims[axis];
            bool isBack = steps[i] < 0;
            long Bounded(long place) => Math.Clamp(place < 0 ? place + size : place, isBack ? -1 : 0, isBack ? size - 1 : size);
            long start = Bounded(starts[i]);
            long end = ends[i] < -size && isBack ? -1 : Bounded(ends[i]);
            long count = Math.Max(0, (end - start + steps[i] - Math.Sign(steps[i])) / steps[i]);
            pieces[axis] = ((int)start, (int)count, (int)steps[i]);
        }

        return ConstantArrays.Cut(value, pieces);
    }
}
