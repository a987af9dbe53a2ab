using Unroll.Interop.OnnxFiles.Protobuf;

namespace Unroll.Interop.OnnxFiles;

/// <summary>Nodes that read constants alone, and shapes, which are constants but for the number of samples.</summary>
internal static class ConstantFolding
{
    /// <summary>False where the node reads values.</summary>
    public static bool Fold(OnnxCall call)
    {
        OnnxTensor? folded = call.Operator switch
        {
            "Constant" => Constant(call),
            "Shape" when call.Constant(0) is null => ShapeOf(call, call.Loose(0)),
            _ when !call.Has(0) || !call.Node.Input.All(input => input.Length == 0 || call.Translation.Constant(input) is not null) => null,
            "Identity" or "Dropout" => call.Constant(0),
            "Cast" => Cast(call),
            "Shape" => OnnxTensor.Of([.. call.Constant(0)!.Dims.Select(static size => (long)size)]),
            "Transpose" => Transpose(call),
            "Reshape" => Reshape(call),
            "Unsqueeze" or "Squeeze" => Squeeze(call),
            "Gather" => Gather(call),
            "ConstantOfShape" => Filled(call),
            "Expand" => Expanded(call),
            "Concat" => Concat(call),
            "Slice" => Slice(call),
            "Add" or "Sub" or "Mul" or "Div" => Arithmetic(call),
            "Sqrt" => Map(call, MathF.Sqrt),
            "Neg" => Map(call, static value => -value),
            "Reciprocal" => Map(call, static value => 1 / value),
            _ => throw OnnxCall.Refusal(null, "it computes a constant out of constants", "export the model with constants folded"),
        };
        if (folded is null)
        {
            return false;
        }

        call.Translation.GiveConstant(call.Node.Output[0], folded);
        return true;
    }

    /// <summary>The length of a file's axis, or a multiple of the samples.</summary>
    public static long SizeOf(LooseValue value, int axis) => value.File[axis].Contains(Factor.Samples) ? SampleCount.Times(value.Length(axis)) : value.Length(axis);

    /// <summary>One number, whatever its shape.</summary>
    private static OnnxTensor Filled(OnnxCall call) => call.Tensor("value") is not TensorProto tensor ? new OnnxTensor([], [0], null)
        : call.Translation.Tensors.Read(tensor) is { Count: 1 } one ? one with { Dims = [] }
        : throw OnnxCall.Refusal("value", "one number is expected", "export the model again");

    /// <summary>The same numbers for every sample.</summary>
    private static OnnxTensor Expanded(OnnxCall call)
    {
        OnnxTensor value = call.Constant(0)!;
        long[] shape = call.WholeNumbers(1, "shape");
        return value.Count == 1 || shape.Where(static size => !SampleCount.Is(size)).Aggregate(1L, static (product, size) => Math.Min(product * Math.Max(size, 0), int.MaxValue)) == value.Count
            ? value
            : throw OnnxCall.Refusal("shape", "a constant is repeated along other axes than that of the samples", "compute it before the model is exported");
    }

    private static OnnxTensor Constant(OnnxCall call) =>
        call.Tensor("value") is TensorProto tensor ? call.Translation.Tensors.Read(tensor)
        : call.Node.Attribute.FirstOrDefault() is not AttributeProto only ? throw OnnxCall.Refusal("value", "it is missing", "export the model again")
        : only.Name switch
        {
            "value_float" => new OnnxTensor([], [only.F], null),
            "value_floats" => new OnnxTensor([only.Floats.Count], [.. only.Floats], null),
            "value_int" => new OnnxTensor([], null, [only.I]),
            "value_ints" => OnnxTensor.Of([.. only.Ints]),
            _ => throw OnnxCall.Refusal(only.Name, "constants are tensors of numbers", "export the model again"),
        };

    private static OnnxTensor ShapeOf(OnnxCall call, LooseValue value)
    {
        long[] shape = [.. Enumerable.Range(0, value.File.Length).Select(axis => SizeOf(value, axis))];
        int start = Bound(call.Int("start", 0), shape.Length);
        int end = Bound(call.Int("end", shape.Length), shape.Length);
        return OnnxTensor.Of(shape[start..Math.Max(start, end)]);
    }

    private static OnnxTensor Cast(OnnxCall call)
    {
        OnnxTensor value = call.Constant(0)!;
        var type = (TensorProto.Types.DataType)call.Int("to", 0);
        return type switch
        {
            TensorProto.Types.DataType.Float or TensorProto.Types.DataType.Double => new OnnxTensor(value.Dims, value.AsFloats(), null),
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

        int[] dims = [.. order.Select(axis => value.Dims[axis])];
        return value.IsWhole && value.Dims.Count > 1
            ? throw OnnxCall.Refusal(null, "whole numbers are turned over", "export the model again")
            : value.IsWhole ? value : new OnnxTensor(dims, AxisOrder.Move(value.Floats!, value.Dims, order), null);
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
        if (call.Constant(0) is { Floats: { } rows, Dims: [int count, int width] } && index.IsWhole && call.Int("axis", 0) == 0)
        {
            return new OnnxTensor([.. index.Dims, width], [.. index.Wholes!.SelectMany(place => rows.AsSpan(Place(place < 0 ? place + count : place, count) * width, width).ToArray())], null);
        }

        OnnxTensor value = Vector(call, 0);
        long[] picked = [.. (index.Wholes ?? []).Select(place => value.Wholes![Place(place < 0 ? place + value.Count : place, value.Count)])];
        return new OnnxTensor(index.Dims, null, picked);
    }

    private static OnnxTensor Concat(OnnxCall call)
    {
        call.Int("axis", 0);
        return OnnxTensor.Of([.. Enumerable.Range(0, call.Node.Input.Count).SelectMany(input => Vector(call, input).Wholes!)]);
    }

    private static OnnxTensor Slice(OnnxCall call)
    {
        // What has one number only is that wherever it is cut.
        if (call.Constant(0) is { Count: 1, Dims.Count: 0 } one)
        {
            call.Ints("axes");
            return one;
        }

        OnnxTensor value = Vector(call, 0);
        long start = call.Ints("starts")?.FirstOrDefault() ?? call.WholeNumbers(1, "starts").FirstOrDefault();
        long end = call.Ints("ends")?.FirstOrDefault() ?? call.WholeNumbers(2, "ends").FirstOrDefault();
        call.Ints("axes");
        if (call.Has(4) && call.WholeNumbers(4, "steps") is not [1])
        {
            throw OnnxCall.Refusal("steps", "a part of a shape is taken with steps", "export the model with fixed sizes");
        }

        int from = Bound(start, value.Count);
        return OnnxTensor.Of(value.Wholes![from..Math.Max(from, Bound(end, value.Count))]);
    }

    private static OnnxTensor Arithmetic(OnnxCall call)
    {
        OnnxTensor left = call.Constant(0)!;
        OnnxTensor right = call.Constant(1)!;
        if (left.Count != right.Count && left.Count != 1 && right.Count != 1)
        {
            throw OnnxCall.Refusal(null, "constants of different shapes are put together", "compute them before the model is exported");
        }

        IReadOnlyList<int> dims = left.Count >= right.Count && left.Dims.Count >= right.Dims.Count ? left.Dims : right.Dims;
        int count = left.Count == 0 || right.Count == 0 ? 0 : Math.Max(left.Count, right.Count);
        if (left.IsWhole && right.IsWhole)
        {
            return new OnnxTensor(dims, null, [.. Enumerable.Range(0, count).Select(i => Combine(call.Operator, left.Wholes![i % left.Count], right.Wholes![i % right.Count]))]);
        }

        float[] first = left.AsFloats();
        float[] second = right.AsFloats();
        return new OnnxTensor(dims, [.. Enumerable.Range(0, count).Select(i => Combine(call.Operator, first[i % first.Length], second[i % second.Length]))], null);
    }

    private static float Combine(string operation, float left, float right) => operation switch
    {
        "Add" => left + right,
        "Sub" => left - right,
        "Mul" => left * right,
        _ => left / right,
    };

    private static long Combine(string operation, long left, long right) =>
        SampleCount.Is(left) || SampleCount.Is(right) ? SampleCount.Combine(operation, left, right)
            : operation == "Div" && right is 0 or -1 ? throw OnnxCall.Refusal(null, "it computes with the number of samples", "export the model so that samples stay apart")
            : operation switch
            {
                "Add" => left + right,
                "Sub" => left - right,
                "Mul" => left * right,
                _ => left / right,
            };

    private static OnnxTensor Map(OnnxCall call, Func<float, float> function) =>
        new(call.Constant(0)!.Dims, [.. call.Constant(0)!.AsFloats().Select(function)], null);

    private static OnnxTensor Vector(OnnxCall call, int input) => call.Constant(input) is { IsWhole: true, Dims.Count: <= 1 } vector
        ? vector
        : throw OnnxCall.Refusal(null, "it takes a constant apart that is no shape", "compute it before the model is exported");

    private static int Place(long place, int count) => place >= 0 && place < count
        ? (int)place
        : throw OnnxCall.Refusal("indices", "they lie outside", "export the model again");

    private static int Bound(long place, int count) => (int)Math.Clamp(place < 0 ? place + count : place, 0, count);
}
