using Unroll.Interop.Networks;

namespace Unroll.Interop.OnnxFiles;

/// <summary>Pooling under windows and over whole images.</summary>
internal static class PoolingRules
{
    public static void Max(OnnxCall call)
    {
        call.Int("storage_order", 0);
        Pool(call, typeof(MaxPooling1DAttribute), typeof(MaxPooling2DAttribute), isMax: true);
    }

    public static void Average(OnnxCall call) => Pool(call, typeof(AveragePooling1DAttribute), typeof(AveragePooling2DAttribute), isMax: false);

    public static void Global(OnnxCall call)
    {
        OnnxValue x = ReversedSteps.Pooled(call, static (axis, _) => axis > 1) is { Batch: 0 } pooled ? pooled : call.Value();
        GlobalOver(call, x, [.. Enumerable.Range(1, Math.Max(0, x.Shape.Length - 1))], keeps: true, call.Operator == "GlobalMaxPool");
    }

    /// <summary>A mean, sum or maximum over all axes but that of the channels.</summary>
    public static void Reduce(OnnxCall call)
    {
        call.Int("noop_with_empty_axes", 0);
        int[] axes = call.Axes(1) ?? throw OnnxCall.Refusal("axes", "samples stay apart in a network, and it goes over all axes", "leave the batch axis alone");
        OnnxValue x = ReversedSteps.Pooled(call, (axis, rank) => axes.Contains(axis) || axes.Contains(axis - rank));
        bool keeps = call.Int("keepdims", 1) != 0;
        GlobalOver(call, x, [.. axes.Select(axis => call.SampleAxis(axis, x)).Order()], keeps, call.Operator is "ReduceMax" or "ReduceMin");
    }

    /// <summary>As many times the mean as there are positions.</summary>
    public static void Sum(OnnxCall call)
    {
        // What is joined with the samples is no position.
        int values = Factor.Product(call.Loose(0).File.Where(static axis => !axis.Contains(Factor.Samples)).SelectMany(static axis => axis));
        Reduce(call);
        if (call.Translation.Loose(call.Node.Output[0]) is LooseValue number)
        {
            call.Give(number with { Scale = values });
            return;
        }

        OnnxValue mean = call.Translation.Value(call.Node.Output[0]);
        int positions = values / mean.Shape.Aggregate(1, static (product, size) => product * size);
        call.Give(ActivationRules.Rescale(call, mean, positions, 0));
    }

    /// <summary>What is left of the largest of all with another sign.</summary>
    public static void Min(OnnxCall call)
    {
        OnnxValue x = call.Batched();
        call.Translation.Give($"{call.Node.Output[0]}/turned", ActivationRules.Rescale(call, x, -1, 0));
        call.Node.Input[0] = $"{call.Node.Output[0]}/turned";
        Reduce(call);
        LooseValue most = call.Translation.Loose(call.Node.Output[0]) ?? LooseValue.Of(call.Translation.Value(call.Node.Output[0]));
        call.Give(most with { Scale = -1 });
    }

    private static void GlobalOver(OnnxCall call, OnnxValue x, int[] axes, bool keeps, bool isMax)
    {
        int[] left = [.. Enumerable.Range(0, x.Shape.Length).Except(axes)];
        if (axes.Length is not (1 or 2) || left.Length != 1)
        {
            OverAny(call, x, axes, left, keeps, isMax);
            return;
        }

        OnnxValue fit = call.Fit(x, [.. axes, left[0]]);
        NetworkNode node = call.Add((axes.Length, isMax) switch
        {
            (1, true) => typeof(GlobalMaxPooling1DAttribute),
            (1, false) => typeof(GlobalAveragePooling1DAttribute),
            (_, true) => typeof(GlobalMaxPooling2DAttribute),
            _ => typeof(GlobalAveragePooling2DAttribute),
        }, fit);
        int[] shape = keeps ? [.. x.Shape.Select((size, axis) => axes.Contains(axis) ? 1 : size)] : [x.Shape[left[0]]];
        call.Give(new OnnxValue(node, shape, keeps ? left : [0]) { IsNonNegative = x.IsNonNegative, Batch = keeps ? x.Batch : x.Batch - axes.Count(axis => axis < x.Batch) });
    }

    /// <summary>Over features, or over some axes of several: as over the steps of a signal that has what is left for its channels.</summary>
    private static void OverAny(OnnxCall call, OnnxValue x, int[] axes, int[] left, bool keeps, bool isMax)
    {
        if (axes.Length == 0 || x.Batch != 0)
        {
            throw OnnxCall.Refusal("axes", "a mean, sum or maximum goes over axes of a sample, and samples come first", "export the model with the batch first");
        }

        OnnxValue fit = call.Fit(x, [.. axes, .. left]);
        int[] signal = [axes.Aggregate(1, (product, axis) => product * x.Shape[axis]), left.Aggregate(1, (product, axis) => product * x.Shape[axis])];
        OnnxValue steps = fit.ClassShape.SequenceEqual(signal) ? fit : Layouts.Reshape(call, fit, signal, [0, 1]);
        NetworkNode node = call.Add(isMax ? typeof(GlobalMaxPooling1DAttribute) : typeof(GlobalAveragePooling1DAttribute), steps);
        int[] shape = keeps || left.Length == 0 ? [.. x.Shape.Select((size, axis) => axes.Contains(axis) ? 1 : size)] : [.. left.Select(axis => x.Shape[axis])];
        var pooled = new OnnxValue(node, [signal[1]], [0]);
        OnnxValue value = shape.Length == 1 ? pooled : Layouts.Reshape(call, pooled, shape, Layouts.AsFile(shape.Length));
        value = value with { IsNonNegative = x.IsNonNegative };
        if (keeps || left.Length > 0)
        {
            call.Give(value);
            return;
        }

        // One number for each sample, without an axis.
        call.Give(new LooseValue(pooled.Node, [[]], [[Factor.Samples]]));
    }

    private static void Pool(OnnxCall call, Type ofSignals, Type ofImages, bool isMax)
    {
        var window = ImageWindow.Read(call, kernel: null);
        if (window.Dilations.Any(static dilation => dilation != 1))
        {
            throw OnnxCall.Refusal("dilations", "windows of pooling have none", "export the model without dilation");
        }

        window = window with { Pads = Ceiled(call, window) };
        bool isSame = window.Pads.IsSame(window.Input.Shape[1..], window.Size, window.Strides, window.Dilations);
        bool countsPads = call.Int("count_include_pad", 0) != 0;
        if (!window.Pads.IsNone && isMax && !isSame && !window.Input.IsNonNegative)
        {
            throw OnnxCall.Refusal("pads", "a maximum has the padding of Keras's same or none, unless its input is nowhere negative", "pad explicitly, or put a Relu before it");
        }

        if (!window.Pads.IsNone && !isMax && isSame == countsPads)
        {
            throw OnnxCall.Refusal("count_include_pad", "a mean either counts zeros around its input or has the padding of Keras's same", "export the model without pads here");
        }

        OnnxValue padded = window.Padded(call, out Padding padding);
        NetworkNode node = call.Add(window.Axes == 1 ? ofSignals : ofImages, padded);
        window.Set(node.Attribute!, "poolSize", padding);
        if (window.Strides.SequenceEqual(window.Size))
        {
            node.Attribute!.Unset("Strides");
        }

        call.Give(new OnnxValue(node, [window.Input.Shape[0], .. window.Positions(padded, padding)], padded.Axes) { IsNonNegative = window.Input.IsNonNegative });
    }

    /// <summary>With ceil_mode the last window may hang over: as if the end were padded.</summary>
    private static WindowPads Ceiled(OnnxCall call, ImageWindow window)
    {
        if (call.Int("ceil_mode", 0) == 0)
        {
            return window.Pads;
        }

        int[] after = [.. window.Size.Select((size, axis) =>
        {
            int length = window.Input.Shape[axis + 1] + window.Pads.Before[axis] + window.Pads.After[axis];
            int over = (length - size) % window.Strides[axis];
            int missing = over == 0 ? 0 : window.Strides[axis] - over;
            // A window that would start in the padding is dropped.
            bool isDropped = length + missing - size >= window.Input.Shape[axis + 1] + window.Pads.Before[axis];
            return window.Pads.After[axis] + (isDropped ? 0 : missing);
        })];
        bool hangs = !after.SequenceEqual(window.Pads.After);
        return hangs && call.Operator == "AveragePool" && call.Int("count_include_pad", 0) != 0
            ? throw OnnxCall.Refusal("ceil_mode", "what hangs over is not counted while the padding is", "export the model with ceil_mode 0")
            : window.Pads with { After = after };
    }
}
