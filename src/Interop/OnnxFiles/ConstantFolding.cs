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
            "CastLike" when call.Constant(0) is not null => Alike(call),
            "Split" => null,
            _ when !call.Has(0) || !call.Node.Input.All(input => input.Length == 0 || call.Translation.Constant(input) is not null) => null,
            "Identity" or "Dropout" => call.Constant(0),
            "Cast" => Cast(call) with { Repeated = call.Constant(0)!.Repeated },
            "Shape" => OnnxTensor.Of([.. call.Constant(0)!.Dims.Select(static size => (long)size)]),
            "Transpose" => Transpose(call),
            "Reshape" => Reshape(call),
            "Unsqueeze" or "Squeeze" => Squeeze(call),
            "Gather" => Gather(call),
            "ConstantOfShape" => Filled(call),
            "Expand" => Expanded(call),
            "Concat" => Concat(call),
            "Slice" => Slice(call),
            "Add" or "Sub" or "Mul" or "Div" or "Pow" => Arithmetic(call),
            "Equal" or "Greater" or "GreaterOrEqual" or "Less" or "LessOrEqual" or "And" or "Or" or "Xor" => Compared(call),
            "Not" => new OnnxTensor(call.Constant(0)!.Dims, null, [.. call.Constant(0)!.AsFloats().Select(static value => value == 0 ? 1L : 0L)]),
            "Where" => Chosen(call),
            "Trilu" => Triangle(call),
            "Range" => Range(call),
            "Sqrt" => Map(call, MathF.Sqrt),
            "Neg" => Map(call, static value => -value),
            "Reciprocal" => Map(call, static value => 1 / value),
            _ => throw OnnxCall.Refusal(null, "it computes a constant out of constants", "export the model with constants folded"),
        };
        if (folded is null)
        {
            return call.Operator == "Split" && call.Constant(0) is not null && Split(call);
        }

        call.Translation.GiveConstant(call.Node.Output[0], folded);
        return true;
    }

    /// <summary>The length of a file's axis, or a multiple of the samples.</summary>
    public static long SizeOf(LooseValue value, int axis) => value.File[axis].Contains(Factor.Samples) ? SampleCount.Times(value.Length(axis)) : value.Length(axis);

    /// <summary>One number, whatever its shape, but for those that are a shape themselves.</summary>
    private static OnnxTensor Filled(OnnxCall call)
    {
        OnnxTensor one = call.Tensor("value") is not TensorProto tensor ? new OnnxTensor([], [0], null)
            : call.Translation.Tensors.Read(tensor) is { Count: 1 } read ? read with { Dims = [] }
            : throw OnnxCall.Refusal("value", "one number is expected", "export the model again");
        long[] shape = call.WholeNumbers(0, "shape");
        return Spread(one, shape);
    }

    /// <summary>The same numbers for every sample.</summary>
    private static OnnxTensor Expanded(OnnxCall call)
    {
        OnnxTensor value = call.Constant(0)!;
        long[] shape = call.WholeNumbers(1, "shape");
        return value.Count == 1 ? Spread(value, shape)
            : shape.Where(static size => !SampleCount.Is(size)).Aggregate(1L, static (product, size) => Math.Min(product * Math.Max(size, 0), int.MaxValue)) == value.Count ? value
            : throw OnnxCall.Refusal("shape", "a constant is repeated along other axes than that of the samples", "compute it before the model is exported");
    }

    /// <summary>One number stands for any shape, but for those of one axis, which may be shapes themselves.</summary>
    private static OnnxTensor Spread(OnnxTensor one, long[] shape) => shape is [>= 0 and <= 1 << 16 and long length]
        ? ConstantArrays.Repeat(one with { Dims = [] }, [(int)length])
        : one with { Repeated = shape };

    private static OnnxTensor Whole(OnnxTensor number, long[] shape) =>
        shape.All(static size => size is >= 0 and <= 1 << 24) && ConstantArrays.CommonShape(number, new OnnxTensor([.. shape.Select(static size => (int)size)], null, [])) is int[] whole
            ? ConstantArrays.Repeat(number, whole)
            : throw OnnxCall.Refusal("shape", "a constant is repeated for every sample", "export the model so that samples stay apart");

    /// <summary>What is above or below a diagonal is 0.</summary>
    private static OnnxTensor Triangle(OnnxCall call)
    {
        OnnxTensor given = call.Constant(0)!;
        bool isUpper = call.Int("upper", 1) != 0;
        long diagonal = call.Has(1) && call.WholeNumbers(1, "k") is [long k] ? k : 0;
        OnnxTensor value = given.Repeated is { } shape ? Whole(given, shape) : given;
        if (value.Dims is not [.., int rows, int columns])
        {
            throw OnnxCall.Refusal(null, "a triangle of a matrix of fixed sizes is expected", "export the model with fixed sizes");
        }

        bool IsKept(int place) => isUpper ? (place % columns) - (place / columns % rows) >= diagonal : (place % columns) - (place / columns % rows) <= diagonal;
        return value.IsWhole
            ? new OnnxTensor(value.Dims, null, [.. value.Wholes!.Select((number, place) => IsKept(place) ? number : 0)])
            : new OnnxTensor(value.Dims, [.. value.Floats!.Select((number, place) => IsKept(place) ? number : 0)], null);
    }

    private static OnnxTensor Range(OnnxCall call)
    {
        const int Most = 1 << 16;
        OnnxTensor[] numbers = [call.Required(0, "start"), call.Required(1, "limit"), call.Required(2, "delta")];
        if (!numbers.All(static number => number is { IsWhole: true, Count: 1 }) || Array.Exists(numbers, static number => SampleCount.Is(number.Wholes![0])) || numbers[2].Wholes![0] == 0)
        {
            throw OnnxCall.Refusal("limit", "whole numbers up to a fixed one are expected", "export the model with fixed sizes");
        }

        (long start, long limit, long delta) = (numbers[0].Wholes![0], numbers[1].Wholes![0], numbers[2].Wholes![0]);
        double count = Math.Max(0, Math.Ceiling(((double)limit - start) / delta));
        return count <= Most
            ? OnnxTensor.Of([.. Enumerable.Range(0, (int)count).Select(index => start + (index * delta))])
            : throw OnnxCall.Refusal("limit", $"up to {Most} numbers are read", "compute it before the model is exported");
    }

    private static OnnxTensor Alike(OnnxCall call)
    {
        OnnxTensor value = call.Constant(0)!;
        return call.Constant(1) is { IsWhole: true } ? value.IsWhole ? value : new OnnxTensor(value.Dims, null, [.. value.Floats!.Select(static number => (long)number)]) : new OnnxTensor(value.Dims, value.AsFloats(), null) { Repeated = value.Repeated };
    }

    /// <summary>Truths: 1 and 0.</summary>
    private static OnnxTensor Compared(OnnxCall call)
    {
        (OnnxTensor left, OnnxTensor right, int[] shape) = Alike(call, 0, 1);
        if (left.IsWhole && right.IsWhole && call.Operator != "Equal" && (left.Wholes!.Any(SampleCount.Is) || right.Wholes!.Any(SampleCount.Is)))
        {
            throw OnnxCall.Refusal(null, "it computes with the number of samples", "export the model so that samples stay apart");
        }

        double[] first = left.IsWhole ? [.. left.Wholes!.Select(static value => (double)value)] : [.. left.Floats!.Select(static value => (double)value)];
        double[] second = right.IsWhole ? [.. right.Wholes!.Select(static value => (double)value)] : [.. right.Floats!.Select(static value => (double)value)];
        return new OnnxTensor(shape, null, [.. first.Zip(second, (one, other) => (call.Operator switch
        {
            "Equal" => one == other,
            "Greater" => one > other,
            "GreaterOrEqual" => one >= other,
            "Less" => one < other,
            "LessOrEqual" => one <= other,
            "And" => one != 0 && other != 0,
            "Or" => one != 0 || other != 0,
            _ => one != 0 ^ other != 0,
        }) ? 1L : 0L)]);
    }

    private static OnnxTensor Chosen(OnnxCall call)
    {
        OnnxTensor[] given = [call.Required(0, "condition"), call.Required(1, "X"), call.Required(2, "Y")];
        int[] shape = ConstantArrays.CommonShape(given) ?? throw Shapes();
        OnnxTensor[] values = [.. given.Select(value => ConstantArrays.Repeat(value, shape))];
        float[] truths = values[0].AsFloats();
        return values[1].IsWhole && values[2].IsWhole
            ? new OnnxTensor(shape, null, [.. truths.Select((truth, place) => values[truth != 0 ? 1 : 2].Wholes![place])])
            : new OnnxTensor(shape, [.. truths.Select((truth, place) => values[truth != 0 ? 1 : 2].AsFloats()[place])], null);
    }

    private static (OnnxTensor Left, OnnxTensor Right, int[] Shape) Alike(OnnxCall call, int left, int right)
    {
        OnnxTensor first = call.Required(left, "A");
        OnnxTensor second = call.Required(right, "B");
        int[] shape = ConstantArrays.CommonShape(first, second) ?? throw Shapes();
        return (ConstantArrays.Repeat(first, shape), ConstantArrays.Repeat(second, shape), shape);
    }

    private static RefusedNodeException Shapes() => OnnxCall.Refusal(null, "constants of different shapes are put together", "compute them before the model is exported");

    private static bool Split(OnnxCall call)
    {
        OnnxTensor value = call.Constant(0)!;
        long given = call.Int("axis", 0);
        int axis = (int)(given < 0 ? given + value.Dims.Count : given);
        int count = call.Node.Output.Count;
        call.Int("num_outputs", count);
        if (axis < 0 || axis >= value.Dims.Count)
        {
            throw OnnxCall.Refusal("axis", "there is no such axis", "export the model again");
        }

        int length = value.Dims[axis];
        int even = (length + count - 1) / count;
        int[] sizes = call.Ints("split") ?? (call.Has(1) ? [.. call.WholeNumbers(1, "split").Select(size => call.Int(size, "split"))]
            : [.. Enumerable.Range(0, count).Select(output => Math.Clamp(length - (output * even), 0, even))]);
        if (sizes.Length != count || sizes.Any(static size => size < 0) || sizes.Sum(static size => (long)size) != length)
        {
            throw OnnxCall.Refusal("split", "pieces that together are the axis are expected", "export the model again");
        }

        for (int output = 0, start = 0; output < count; start += sizes[output++])
        {
            (int, int, int)[] pieces = [.. value.Dims.Select((size, other) => other == axis ? (start, sizes[output], 1) : (0, size, 1))];
            call.Translation.GiveConstant(call.Node.Output[output], ConstantArrays.Cut(value, pieces));
        }

        return true;
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
        long[] starts = call.Ints("starts")?.Select(static number => (long)number).ToArray() ?? call.WholeNumbers(1, "starts");
        long[] ends = call.Ints("ends")?.Select(static number => (long)number).ToArray() ?? call.WholeNumbers(2, "ends");
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

    private static OnnxTensor Arithmetic(OnnxCall call)
    {
        (OnnxTensor left, OnnxTensor right, int[] dims) = Alike(call, 0, 1);
        return left.IsWhole && right.IsWhole
            ? new OnnxTensor(dims, null, [.. left.Wholes!.Zip(right.Wholes!, (one, other) => Combine(call.Operator, one, other))])
            : new OnnxTensor(dims, [.. left.AsFloats().Zip(right.AsFloats(), (one, other) => Combine(call.Operator, one, other))], null);
    }

    private static float Combine(string operation, float left, float right) => operation switch
    {
        "Add" => left + right,
        "Sub" => left - right,
        "Mul" => left * right,
        "Pow" => MathF.Pow(left, right),
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
                "Pow" => (long)Math.Pow(left, right),
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
