using Unroll.Interop.OnnxFiles.Protobuf;

namespace Unroll.Interop.OnnxFiles;

/// <summary>Nodes that read constants alone, and shapes, which are constants but for the number of samples.</summary>
internal static partial class ConstantFolding
{
    /// <summary>False where the node reads values.</summary>
    public static bool Fold(OnnxCall call)
    {
        OnnxTensor? folded = call.Operator switch
        {
            "Constant" => Constant(call),
            "Shape" when call.Constant(0) is null => ShapeOf(call, call.Translation.Blocks.Open(call.Loose(0))),
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
            "MatMul" => Product(call),
            _ when ScalarFunction.Has(call.Operator) => Computed(call),
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
