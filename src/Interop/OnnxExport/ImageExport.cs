namespace Unroll.Interop.OnnxExport;

/// <summary>Convolutions and pooling, channels first.</summary>
internal static class ImageExport
{
    public static ExportValue Convolution(LayerCall call)
    {
        int axes = call.InputShape.Length - 1;
        int[] shape = call.Writer.ShapeOf(call.Layer, "kernel");
        float[] kernel = AxisOrder.Move(call.Writer.Parameter(call.Layer, "kernel"), shape, [axes + 1, axes, .. Enumerable.Range(0, axes)]);
        string w = call.Writer.Weight(call.Layer, "kernel", [shape[^1], shape[^2], .. shape[..axes]], kernel);
        if (call.Writer.IsStep)
        {
            return Convolve(call, WithPast(call, (shape[0] - 1) * call.Layer.PerAxis("Dilation", 1)[0]), w, shape[..axes], call.Layer.Argument<int>("Groups"));
        }

        return Convolve(call, call.X, w, shape[..axes], call.Layer.Argument<int>("Groups"));
    }

    /// <summary>The steps that a convolution looks back at, before the one of a stream.</summary>
    private static ExportValue WithPast(LayerCall call, int past)
    {
        if (past == 0)
        {
            return call.X;
        }

        int[] shape = [past, call.InputShape[1]];
        string all = call.Add("Concat", [call.Writer.StateInput(call.Layer, "past", shape), call.Plain], ("axis", 1));
        call.Writer.StateOutput(call.Layer, "past", call.Add("Slice", all, call.Writer.Wholes(1), call.Writer.Wholes(past + 1), call.Writer.Wholes(1)), shape);
        return new ExportValue(all, [past + 1, shape[1]]);
    }

    public static ExportValue Depthwise(LayerCall call)
    {
        int axes = call.InputShape.Length - 1;
        (string w, int[] size) = DepthwiseKernel(call, "kernel", axes);
        return Convolve(call, call.X, w, size, call.InputShape[^1]);
    }

    public static ExportValue Separable(LayerCall call)
    {
        int axes = call.InputShape.Length - 1;
        (string w, int[] size) = DepthwiseKernel(call, "depthwise_kernel", axes);
        ExportValue x = call.Writer.ChannelsFirst(call.X);
        string spread = call.Add("Conv", [x.Name, w], Window(call, size, call.InputShape[^1]));
        int[] shape = call.Writer.ShapeOf(call.Layer, "pointwise_kernel");
        float[] mix = AxisOrder.Move(call.Writer.Parameter(call.Layer, "pointwise_kernel"), shape, [axes + 1, axes, .. Enumerable.Range(0, axes)]);
        string pointwise = call.Writer.Weight(call.Layer, "pointwise_kernel", [shape[^1], shape[^2], .. shape[..axes]], mix);
        return call.Activated(call.GiveChannelsFirst(call.Add("Conv", WithBias(call, spread, pointwise))));
    }

    public static ExportValue Transposed(LayerCall call)
    {
        int axes = call.InputShape.Length - 1;
        int[] shape = call.Writer.ShapeOf(call.Layer, "kernel");
        float[] kernel = AxisOrder.Move(call.Writer.Parameter(call.Layer, "kernel"), shape, [axes + 1, axes, .. Enumerable.Range(0, axes)]);
        string w = call.Writer.Weight(call.Layer, "kernel", [shape[^1], shape[^2], .. shape[..axes]], kernel);
        int[] strides = call.Layer.PerAxis("Strides", axes);
        int[] dilations = call.Layer.PerAxis("Dilation", axes);
        bool isSame = call.Layer.Argument<Padding>("Padding") == Padding.Same;
        int[]? added = call.Layer.Attribute.GetType().GetProperty("OutputPadding")!.GetValue(call.Layer.Attribute) is int[] { Length: > 0 }
            ? call.Layer.PerAxis("OutputPadding", axes)
            : null;

        // What Keras cuts off: nothing before where padding is valid; else so much that the middle stays.
        int[] extents = [.. Enumerable.Range(0, axes).Select(axis => ((shape[axis] - 1) * dilations[axis]) + 1)];
        int[] before = [.. extents.Select((extent, axis) =>
        {
            int padding = added is null ? strides[axis] + extent - 2 : extent + (extent % 2) - 2 + added[axis];
            return isSame ? extent - 1 - Math.Min((padding / 2) + (padding % 2), extent - 1) : 0;
        })];
        int[] after = [.. extents.Select((extent, axis) => ((call.InputShape[axis] - 1) * strides[axis]) + extent - before[axis] - call.Layer.Shape[axis])];
        ExportValue x = call.Writer.ChannelsFirst(call.X);
        return call.Activated(call.GiveChannelsFirst(call.Add(
            "ConvTranspose",
            WithBias(call, x.Name, w),
            ("kernel_shape", shape[..axes]),
            ("strides", strides),
            ("dilations", dilations),
            ("pads", (int[])[.. before, .. after.Select(static cut => Math.Max(0, cut))]),
            ("output_padding", (int[])[.. after.Select(static cut => Math.Max(0, -cut))]))));
    }

    public static ExportValue Pooling(LayerCall call)
    {
        int axes = call.InputShape.Length - 1;
        int[] size = call.Layer.PerAxis("PoolSize", axes);
        int[] strides = call.Layer.PerAxis("Strides", axes, size);
        ExportValue x = call.Writer.ChannelsFirst(call.X);
        string operation = call.Layer.Kind.StartsWith("Max", StringComparison.Ordinal) ? "MaxPool" : "AveragePool";
        return call.GiveChannelsFirst(call.Add(
            operation, [x.Name], ("kernel_shape", size), ("strides", strides), ("pads", Pads(call, size, strides, [.. size.Select(static _ => 1)]))));
    }

    public static ExportValue Global(LayerCall call)
    {
        if (call.X.Mask is string mask && call.Layer.Kind == "GlobalAveragePooling1D")
        {
            return MaskExport.Average(call, mask);
        }

        ExportValue x = call.Writer.ChannelsFirst(call.X);
        string y = call.Add(call.Layer.Kind.Contains("Max", StringComparison.Ordinal) ? "GlobalMaxPool" : "GlobalAveragePool", x.Name);
        return call.Layer.Argument<bool>("KeepDims") ? call.GiveChannelsFirst(y) : call.Give(call.Add("Flatten", y));
    }

    private static ExportValue Convolve(LayerCall call, ExportValue input, string w, int[] size, int groups)
    {
        ExportValue x = call.Writer.ChannelsFirst(input);
        return call.Activated(call.GiveChannelsFirst(call.Add("Conv", WithBias(call, x.Name, w), Window(call, size, groups))));
    }

    /// <summary>[.., channels, multiplier] as filters of one channel each.</summary>
    private static (string Name, int[] Size) DepthwiseKernel(LayerCall call, string part, int axes)
    {
        int[] shape = call.Writer.ShapeOf(call.Layer, part);
        float[] kernel = AxisOrder.Move(call.Writer.Parameter(call.Layer, part), shape, [axes, axes + 1, .. Enumerable.Range(0, axes)]);
        return (call.Writer.Weight(call.Layer, part, [shape[^2] * shape[^1], 1, .. shape[..axes]], kernel), shape[..axes]);
    }

    private static string[] WithBias(LayerCall call, string x, string w) =>
        call.Layer.Argument<bool>("UseBias") ? [x, w, call.Writer.Weight(call.Layer, "bias")] : [x, w];

    private static (string Name, object Value)[] Window(LayerCall call, int[] size, int groups)
    {
        int[] strides = call.Layer.PerAxis("Strides", size.Length);
        int[] dilations = call.Layer.PerAxis("Dilation", size.Length);
        return
        [
            ("kernel_shape", size),
            ("strides", strides),
            ("dilations", dilations),
            ("group", groups),
            ("pads", Pads(call, size, strides, dilations)),
        ];
    }

    // Same: ⌈n/s⌉ positions, the odd zero behind. Causal: all zeros before.
    private static int[] Pads(LayerCall call, int[] size, int[] strides, int[] dilations)
    {
        Padding padding = call.Layer.Argument<Padding>("Padding");
        if (call.Writer.IsStep && (strides[0] > 1 || (padding != Padding.Causal && size[0] > 1)))
        {
            throw new NotSupportedException("there is not a new output at every step, as there is of the file");
        }

        int[] total = [.. size.Select((length, axis) => Math.Max(
            0, ((((call.InputShape[axis] + strides[axis] - 1) / strides[axis]) - 1) * strides[axis]) + ((length - 1) * dilations[axis]) + 1 - call.InputShape[axis]))];
        return padding switch
        {
            Padding.Same => [.. total.Select(static all => all / 2), .. total.Select(static all => all - (all / 2))],
            // A stream has the steps before.
            Padding.Causal when call.Writer.IsStep => [0, 0],
            Padding.Causal => [(size[0] - 1) * dilations[0], 0],
            _ => new int[2 * size.Length],
        };
    }
}
