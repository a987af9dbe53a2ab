using System.Globalization;
using Unroll.Interop.Networks;

namespace Unroll.Interop.OnnxFiles;

/// <summary>Operators that move numbers or name their axes otherwise.</summary>
internal static class ShapeRules
{
    /// <summary>Where the class has the axes is enough said.</summary>
    public static void Transpose(OnnxCall call)
    {
        if (call.IsLoose(0) || call.Ints("perm") is [not 0, ..])
        {
            LooseRules.Transpose(call);
            return;
        }

        OnnxValue x = call.Value();
        int rank = x.Shape.Length + 1;
        int[] order = call.Ints("perm") ?? [.. Enumerable.Range(0, rank).Reverse()];
        if (!order.Order().SequenceEqual(Enumerable.Range(0, rank)) || order[0] != 0)
        {
            throw OnnxCall.Refusal("perm", $"samples stay apart in a network, and it moves the batch axis: [{string.Join(", ", order)}]", "export the model with the batch first");
        }

        int[] axes = [.. order.Skip(1).Select(static axis => axis - 1)];
        call.Give(x with { Shape = [.. axes.Select(axis => x.Shape[axis])], Axes = [.. x.Axes.Select(axis => Array.IndexOf(axes, axis))] });
    }

    public static void Flatten(OnnxCall call)
    {
        long axis = call.Int("axis", 1);
        if (axis == 1 && call.IsLoose(0) && call.Loose(0) is { JoinsSamples: true } joined && joined.File[0].Contains(Factor.Samples))
        {
            call.Give(joined with { File = [joined.File[0], [.. joined.File.Skip(1).SelectMany(static own => own)]] });
            return;
        }

        OnnxValue x = call.Value();
        if (axis != 1 && axis != -x.Shape.Length)
        {
            throw OnnxCall.Refusal("axis", $"a sample is flattened as a whole, and the file says {axis.ToString(CultureInfo.InvariantCulture)}", "flatten from axis 1");
        }

        call.Give(To(call, x, [x.Shape.Aggregate(1, static (product, size) => product * size)]));
    }

    public static void Reshape(OnnxCall call)
    {
        if (call.IsLoose(0) || ValueUse.LeadsToProduct(call.Translation, call.Node.Output[0]))
        {
            LooseRules.Reshape(call);
            return;
        }

        OnnxValue x = call.Value();
        if (call.Translation.Blocks.Of(x.Node) is StepBlock block)
        {
            Step(call, x, block);
            return;
        }

        long[] wanted = call.WholeNumbers(1, "shape");
        bool copies = call.Int("allowzero", 0) == 0;
        int count = x.Shape.Aggregate(1, static (product, size) => product * size);
        long batch = wanted.Length == 0 ? 0 : wanted[0];
        // Samples joined with steps, as TensorFlow does around a dense layer, leave fewer numbers in the other axes.
        bool joinsSamples = batch == -1 && wanted.Skip(1).Select((size, axis) => size == 0 && copies && axis < x.Shape.Length ? x.Shape[axis] : size)
            .Aggregate(1L, static (product, size) => Math.Min(product * Math.Max(size, 0), int.MaxValue)) is > 0 and long others && others < count && count % others == 0;
        bool keepsSamples = wanted.Length > 1 && !joinsSamples
            && (batch is -1 or OnnxTensor.Samples || (batch == 0 && copies)
                || (batch == 1 && wanted.Skip(1).Aggregate(1L, static (product, size) => product * Math.Abs(size)) is long rest && (rest == count || wanted.Contains(-1))));
        if (!keepsSamples)
        {
            LooseRules.Reshape(call);
            return;
        }

        // What 0 copies is counted with the batch.
        long[] sample = [.. wanted.Skip(1).Select((size, axis) => size == 0 && copies && axis < x.Shape.Length ? x.Shape[axis] : size)];
        call.Give(To(call, x, Resolve(call, sample, x.Shape, count)));
    }

    /// <summary>A value of each step under another shape, or those of all of them.</summary>
    private static void Step(OnnxCall call, OnnxValue x, StepBlock block)
    {
        LooseValue reshaped = LooseRules.Reshaped(call);
        if (call.Translation.Blocks.Of(reshaped.Node) == block && reshaped.File is [[Factor first], _, ..] && first == Factor.Samples)
        {
            call.Give(To(call, x, [.. reshaped.File.Skip(1).Select(Factor.Product)]));
            return;
        }

        // Where steps are flattened as they are parted from the samples, the block does it.
        Factor[] own = [.. reshaped.Class.Skip(1).SelectMany(static axis => axis)];
        bool flattens = x.Axes.Length > 1 && call.Translation.Blocks.Of(reshaped.Node) == block.Outer && reshaped.Class[0].SequenceEqual(block.Steps) && reshaped.File[^1].Length == own.Length && own.All(reshaped.File[^1].Contains);
        if (flattens)
        {
            int[] shape = [Factor.Product(own)];
            OnnxValue ordered = Layouts.IsInFileOrder(x) ? x : call.Fit(x, Layouts.AsFile(x.Shape.Length));
            LooseValue flat = call.Translation.Blocks.Leave(LooseValue.Of(Rename(ordered, shape) ?? Layouts.Reshape(call, ordered, shape, [0])));
            reshaped = flat with { File = [.. reshaped.File[..^1], flat.File[^1]] };
        }

        call.Give(reshaped);
    }

    public static void Squeeze(OnnxCall call)
    {
        if (call.IsLoose(0))
        {
            LooseRules.Squeeze(call);
            return;
        }

        OnnxValue x = call.Value();
        int[] gone = call.Axes(1)?.Select(axis => call.SampleAxis(axis, x)).ToArray() ?? [.. Enumerable.Range(0, x.Shape.Length).Where(axis => x.Shape[axis] == 1)];
        if (gone.Any(axis => x.Shape[axis] != 1))
        {
            throw OnnxCall.Refusal("axes", "axes of size 1 are expected", "reshape instead");
        }

        if (gone.Length == x.Shape.Length)
        {
            LooseRules.Squeeze(call);
            return;
        }

        call.Give(To(call, x, [.. x.Shape.Where((_, axis) => !gone.Contains(axis))]));
    }

    public static void Unsqueeze(OnnxCall call)
    {
        if (call.IsLoose(0))
        {
            LooseRules.Unsqueeze(call);
            return;
        }

        if (SequenceRules.AreStates(call))
        {
            LooseRules.Unsqueeze(call);
            return;
        }

        OnnxValue x = call.Value();
        int[] axes = call.Axes(1) ?? throw OnnxCall.Refusal("axes", "they are missing", "export the model again");
        int rank = x.Shape.Length + 1 + axes.Length;
        if (axes.Any(axis => axis is 0 || axis == -rank))
        {
            LooseRules.Unsqueeze(call);
            return;
        }

        var shape = x.Shape.ToList();
        foreach (int axis in axes.Select(axis => axis < 0 ? axis + rank : axis).Order())
        {
            if (axis < 1 || axis > shape.Count + 1)
            {
                throw OnnxCall.Refusal("axes", "samples stay apart in a network, and it adds an axis beyond the last", "leave the batch axis alone");
            }

            shape.Insert(axis - 1, 1);
        }

        call.Give(To(call, x, [.. shape]));
    }

    /// <summary>A vector for each of several steps.</summary>
    public static void Tile(OnnxCall call)
    {
        OnnxValue x = call.Value();
        if (x.Shape is not [1, int size] || call.WholeNumbers(1, "repeats") is not [1, > 0 and <= int.MaxValue and long steps, 1])
        {
            throw OnnxCall.Refusal("repeats", "a vector is repeated along an axis before its own", "repeat [n, 1, size] by [1, steps, 1]");
        }

        NetworkNode node = call.Add(typeof(RepeatVectorAttribute), x.Axes.Length == 1 ? x : Layouts.Reshape(call, x, [size], [0]));
        node.Attribute!.Set("n", (int)steps);
        call.Give(new OnnxValue(node, [(int)steps, size], [0, 1]));
    }

    /// <summary>Sizes with −1 for what is left.</summary>
    public static int[] Resolve(OnnxCall call, long[] wanted, int[] from, int count)
    {
        long known = wanted.Where(static size => size != -1).Aggregate(1L, static (product, size) => size is > 0 and <= int.MaxValue ? Math.Min(product * size, int.MaxValue) : 0);
        bool fits = known > 0 && (wanted.Contains(-1) ? wanted.Count(static size => size == -1) == 1 && count % known == 0 : known == count);
        return fits
            ? [.. wanted.Select(size => size == -1 ? (int)(count / known) : call.Int(size, "shape"))]
            : throw OnnxCall.Refusal(
                "shape", $"[{string.Join(", ", wanted.Select(SampleCount.Text))}] has not the {count.ToString(CultureInfo.InvariantCulture)} values of [{string.Join(", ", from)}]", "export the model with fixed sizes");
    }

    /// <summary>The value under another shape in the file.</summary>
    private static OnnxValue To(OnnxCall call, OnnxValue x, int[] shape)
    {
        if (Rename(x, shape) is OnnxValue renamed)
        {
            return renamed;
        }

        if (Layouts.IsInFileOrder(x))
        {
            return Layouts.Reshape(call, x, shape, Layouts.AsFile(shape.Length));
        }

        if (Layouts.Joined(x, shape) is int[] joined)
        {
            return Layouts.Reshape(call, x, shape, joined);
        }

        // A dense layer behind can have its kernel's rows in the order in which the class has the values.
        if (shape.Length == 1 && x.Order is null && NeedsNoOrder(call, call.Node.Output[0]))
        {
            float[] places = AxisOrder.Move([.. Enumerable.Range(0, shape[0]).Select(static place => (float)place)], x.Shape, x.Axes);
            return shape[0] < 1 << 24
                ? Layouts.Reshape(call, x, shape, [0]) with { Order = [.. places.Select(static place => (int)place)] }
                : throw OnnxCall.Refusal(null, $"{shape[0].ToString(CultureInfo.InvariantCulture)} values are flattened", "pool the image first");
        }

        OnnxValue ordered = call.Fit(x, Layouts.AsFile(x.Shape.Length));
        return Rename(ordered, shape) ?? Layouts.Reshape(call, ordered, shape, Layouts.AsFile(shape.Length));
    }

    /// <summary>Where only axes of size 1 come or go, that the class has not anyway.</summary>
    private static OnnxValue? Rename(OnnxValue x, int[] shape)
    {
        int[] before = [.. Enumerable.Range(0, x.Shape.Length).Where(axis => x.Shape[axis] > 1)];
        int[] after = [.. Enumerable.Range(0, shape.Length).Where(axis => shape[axis] > 1)];
        if (!before.Select(axis => x.Shape[axis]).SequenceEqual(after.Select(axis => shape[axis])))
        {
            return null;
        }

        var free = new Queue<int>(Enumerable.Range(0, shape.Length).Where(axis => shape[axis] == 1));
        int units = x.Axes.Count(axis => x.Shape[axis] == 1);
        return units > free.Count
            ? null
            : x with { Shape = shape, Axes = [.. x.Axes.Select(axis => x.Shape[axis] == 1 ? free.Dequeue() : after[Array.IndexOf(before, axis)])] };
    }

    private static bool NeedsNoOrder(OnnxCall call, string value) => !call.Translation.Links.IsOutput(value)
        && call.Translation.Links.Readers(value).All(reader => reader.OpType switch
        {
            "Gemm" or "MatMul" => reader.Input[0] == value && call.Translation.Constant(reader.Input[1]) is not null,
            "Relu" or "LeakyRelu" or "Sigmoid" or "Tanh" or "Clip" or "Elu" or "Dropout" or "Identity" => NeedsNoOrder(call, reader.Output[0]),
            _ => false,
        });
}
