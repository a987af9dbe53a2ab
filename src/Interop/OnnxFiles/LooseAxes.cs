using System.Globalization;

namespace Unroll.Interop.OnnxFiles;

/// <summary>Brings loose values into other shapes, and back into one that layers have.</summary>
internal static class LooseAxes
{
    /// <summary>The value with one axis for the samples, layers added where its factors lie elsewhere in the class.</summary>
    public static OnnxValue Settle(OnnxCall call, LooseValue value)
    {
        value = ReversedSteps.InOrder(call, value) ?? value;
        value = PartialLayers.Of(call, value) ?? PartialLayers.Cut(call, value) ?? value;
        int batch = Array.FindIndex(value.File, static axis => axis.Contains(Factor.Samples));
        if (value.File[batch].Length != 1)
        {
            throw OnnxCall.Refusal(null, "samples stay apart in a network, and they are one axis with other numbers", "let a dense layer or attention follow, or keep the batch axis");
        }

        if (value.Reversed is not null || value.LastOf is not null || call.Translation.Pending(value.Node) is not null)
        {
            throw OnnxCall.Refusal(
                null,
                value.Reversed is not null ? "its steps are turned round, which a recurrence alone can do"
                : value.LastOf is not null ? "the last step of a recurrence is read in a way of its own"
                : "attention goes into something else than the dense layer behind it",
                "build the model from layers that Unroll has");
        }

        Factor[][] file = [.. value.File.Where((_, axis) => axis != batch)];
        int[] shape = [.. file.Select(Factor.Product)];
        OnnxValue settled = file.Length == 0 ? Number(call, value) : Direct(value, file, shape) ?? Moved(call, value, file, shape);
        settled = settled with { Batch = batch };
        return value.Scale == 1 ? settled : ActivationRules.Rescale(call, settled, value.Scale, 0);
    }

    /// <summary>The same numbers under another shape of the file.</summary>
    /// <param name="call">Whose attributes they are.</param>
    /// <param name="value">The value.</param>
    /// <param name="wanted">Numbers, −1, and multiples of the samples.</param>
    public static LooseValue Reshape(OnnxCall call, LooseValue value, long[] wanted)
    {
        long[] sizes = [.. wanted.Select(static size => SampleCount.Is(size) ? SampleCount.Of(size) : size)];
        int open = Array.IndexOf(sizes, -1);
        long known = sizes.Where(static size => size != -1).Aggregate(1L, static (product, size) => Math.Min(product * Math.Max(size, 0), int.MaxValue));
        int all = Factor.Product(value.File.SelectMany(static axis => axis));
        if (known == 0 || all % known != 0 || (open < 0 && known != all))
        {
            throw Misfit(wanted, value);
        }

        if (open >= 0)
        {
            sizes[open] = all / known;
        }

        bool namesSamples = wanted.Any(SampleCount.Is);
        // Where their number is open, they are in the axis that is; of one sample, whose axis may be anywhere, in the first one of images.
        int ofSamples = namesSamples ? -1 : call.Translation.HasOpenSamples ? open : call.Translation.Links.ReadsImages(call.Node.Output[0]) ? 0 : -1;
        var left = new LinkedList<Factor>(value.File.SelectMany(static axis => axis));
        var file = new List<List<Factor>>();
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            var group = new List<Factor>();
            file.Add(group);
            long product = 1;
            while (left.First is { Value: Factor next })
            {
                bool isFull = product == sizes[axis];
                if (next == Factor.Samples)
                {
                    bool isElsewhere = namesSamples ? !SampleCount.Is(wanted[axis]) : ofSamples >= 0 && ofSamples != axis;
                    if (namesSamples || ofSamples >= 0 ? isElsewhere && isFull : isFull && group.Count > 0 && SamplesBelongBehind(value, sizes, axis))
                    {
                        break;
                    }

                    if (isElsewhere)
                    {
                        throw Misfit(wanted, value);
                    }
                }
                else if (isFull)
                {
                    break;
                }
                else if (sizes[axis] / product % next.Size != 0)
                {
                    next = Cut(ref value, left, next, sizes[axis] / product) ?? throw Misfit(wanted, value);
                }

                left.RemoveFirst();
                group.Add(next);
                product *= Math.Max(1, next.Size);
            }

            if (product != sizes[axis])
            {
                throw Misfit(wanted, value);
            }
        }

        return left.Count == 0 ? value with { File = [.. file.Select(static axis => axis.ToArray())] } : throw Misfit(wanted, value);
    }

    /// <summary>Where the file was exported for one sample, whose axis may be anywhere: alone, else with what follows, but not with the last axis, nor with one of an image that stays as it is.</summary>
    private static bool SamplesBelongBehind(LooseValue value, long[] sizes, int axis)
    {
        if (axis + 1 == sizes.Length || sizes[axis + 1] == 1)
        {
            return axis + 1 < sizes.Length;
        }

        long[] behind = [.. Enumerable.Range(0, value.File.Length).SkipWhile(own => !value.File[own].Contains(Factor.Samples)).Skip(1).Select(own => (long)value.Length(own))];
        return axis + 2 < sizes.Length && (behind.Length < 3 || !behind.AsSpan().SequenceEqual(sizes.AsSpan(axis + 1)));
    }

    /// <summary>Cuts the first factor that is left so that its beginning has a size.</summary>
    private static Factor? Cut(ref LooseValue value, LinkedList<Factor> left, Factor factor, long size)
    {
        if (factor.Size % size != 0)
        {
            return null;
        }

        var first = new Factor((int)size);
        var second = new Factor((int)(factor.Size / size));
        value = value.Replace(factor, first, second);
        left.First!.Value = first;
        left.AddAfter(left.First, second);
        return first;
    }

    /// <summary>A number for each sample, a vector of one in the class.</summary>
    private static OnnxValue Number(OnnxCall call, LooseValue value) => value.Class.Length == 1
        ? new OnnxValue(value.Node, [1], [0])
        : Layouts.Reshape(call, new OnnxValue(value.Node, [.. value.Class.Select(static _ => 1)], Layouts.AsFile(value.Class.Length)), [1], [0]);

    /// <summary>Where every axis of the class is one of the file.</summary>
    private static OnnxValue? Direct(LooseValue value, Factor[][] file, int[] shape)
    {
        var units = new Queue<int>(Enumerable.Range(0, file.Length).Where(axis => file[axis].Length == 0));
        int[] axes = [.. value.Class.Select(own => own.Length > 0 ? Array.FindIndex(file, axis => axis.SequenceEqual(own)) : units.TryDequeue(out int unit) ? unit : -1)];
        return axes.Contains(-1) ? null : new OnnxValue(value.Node, shape, axes);
    }

    private static OnnxValue Moved(OnnxCall call, LooseValue value, Factor[][] file, int[] shape)
    {
        Factor[] own = [.. value.Class.SelectMany(static axis => axis)];
        Factor[] wanted = [.. file.SelectMany(static axis => axis)];
        int[] sizes = [.. own.Select(static factor => factor.Size)];
        var inClass = new OnnxValue(value.Node, sizes, Layouts.AsFile(sizes.Length));
        OnnxValue apart = value.Class.All(static axis => axis.Length == 1) ? inClass : Layouts.Reshape(call, inClass, sizes, Layouts.AsFile(sizes.Length));
        int[] order = [.. wanted.Select(factor => Array.IndexOf(own, factor))];
        OnnxValue moved = call.Fit(apart, order);
        return Layouts.Reshape(call, moved, shape, Layouts.AsFile(shape.Length));
    }

    private static RefusedNodeException Misfit(long[] wanted, LooseValue value) => OnnxCall.Refusal(
        "shape",
        $"[{string.Join(", ", wanted.Select(SampleCount.Text))}] cuts through the axes of [{string.Join(", ", value.File.Select(static axis => axis.Contains(Factor.Samples) ? "samples" : Factor.Product(axis).ToString(CultureInfo.InvariantCulture)))}]",
        "export the model with fixed sizes, and the batch axis by itself");
}
