using Unroll.Interop.OnnxFiles.Protobuf;

namespace Unroll.Interop.OnnxFiles;

/// <summary>Constants filled, compared and chosen element by element.</summary>
internal static partial class ConstantFolding
{
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
            : value.Floats is float[] floats && shape.Any(SampleCount.Is) && floats.All(number => number == floats[0]) ? Spread(new OnnxTensor([], [floats[0]], null), shape)
            : shape.Length == value.Dims.Count && shape.Zip(value.Dims).All(static pair => pair.First == 1 || pair.First == pair.Second || (SampleCount.Is(pair.First) && pair.Second == 1)) ? value
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

    // Far above any cell's, and a moment's work.
    private const double MostProducts = 1 << 28;

    /// <summary>A function of single numbers.</summary>
    private static OnnxTensor Computed(OnnxCall call)
    {
        OnnxTensor[] inputs = [.. Enumerable.Range(0, call.Node.Input.Count).Where(call.Has).Select(input => call.Constant(input)!)];
        int[] shape = ConstantArrays.CommonShape(inputs) ?? throw OnnxCall.Refusal(null, "it computes with constants of other shapes", "export the model again");
        float[][] values = [.. inputs.Select(input => ConstantArrays.Repeat(input, shape).AsFloats())];
        return new OnnxTensor(shape, [.. Enumerable.Range(0, values[0].Length).Select(i => (float)ScalarFunction.Apply(call, [.. values.Select(each => (double)each[i])]))], null);
    }

    /// <summary>Of two matrices.</summary>
    private static OnnxTensor Product(OnnxCall call)
    {
        if (call.Constant(0) is not { Floats: float[] left, Dims: [int rows, int inner] } || call.Constant(1) is not { Floats: float[] right, Dims: [int other, int columns] } || inner != other
            || (double)rows * Math.Max(inner, 1) * columns > MostProducts)
        {
            throw OnnxCall.Refusal(null, "it multiplies constants that are no matrices of fitting sizes", "export the model with constants folded");
        }

        var product = new float[rows * columns];
        for (int row = 0; row < rows; row++)
        {
            for (int place = 0; place < inner; place++)
            {
                for (int column = 0; column < columns; column++)
                {
                    product[(row * columns) + column] += left[(row * inner) + place] * right[(place * columns) + column];
                }
            }
        }

        return new OnnxTensor([rows, columns], product, null);
    }
}
