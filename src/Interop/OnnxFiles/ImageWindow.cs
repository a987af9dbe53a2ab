namespace Unroll.Interop.OnnxFiles;

/// <summary>A window over a signal or an image, whose channels are the first axis in the file.</summary>
internal sealed record ImageWindow(OnnxValue Input, int[] Size, int[] Strides, int[] Dilations, WindowPads Pads)
{
    public int Axes => Size.Length;

    private int[] Sizes => Input.Shape[1..];

    /// <param name="call">The node.</param>
    /// <param name="kernel">Its kernel; null where it has none.</param>
    public static ImageWindow Read(OnnxCall call, OnnxTensor? kernel)
    {
        OnnxValue x = call.Value();
        int axes = x.Shape.Length - 1;
        int[]? size = call.Ints("kernel_shape") ?? kernel?.Dims.Skip(2).ToArray();
        if (axes is not (1 or 2) || size is null || size.Length != axes || (kernel is not null && !kernel.Dims.Skip(2).SequenceEqual(size)))
        {
            throw OnnxCall.Refusal("kernel_shape", "a window over a signal or an image is expected", "use layers of signals [n, channels, length] or images [n, channels, height, width]");
        }

        int[] strides = call.Ints("strides") ?? [.. Enumerable.Repeat(1, axes)];
        int[] dilations = call.Ints("dilations") ?? [.. Enumerable.Repeat(1, axes)];
        if (strides.Length != axes || dilations.Length != axes || strides.Concat(dilations).Concat(size).Any(static value => value is < 1 or > 1 << 20))
        {
            throw OnnxCall.Refusal("strides", "a number of at least 1 for each axis is expected", "export the model again");
        }

        return new ImageWindow(x, size, strides, dilations, WindowPads.Read(call, x.Shape[1..], size, strides, dilations));
    }

    /// <summary>The input as a layer reads it: with a layer of zeros around it where the layer's own padding does not have them.</summary>
    public OnnxValue Padded(OnnxCall call, out Padding padding)
    {
        OnnxValue x = call.Fit(Input, Layouts.ChannelsLast(Axes + 1));
        padding = !Pads.IsNone && Pads.IsSame(Sizes, Size, Strides, Dilations) ? Padding.Same : Padding.Valid;
        return Pads.IsNone || padding == Padding.Same ? x : Margins.Add(call, x, Pads);
    }

    public void Set(AttributeText attribute, string sizeArgument, Padding padding)
    {
        attribute.Set(sizeArgument, Argument(attribute, sizeArgument, Size));
        attribute.Set("Strides", Argument(attribute, "Strides", Strides));
        attribute.Set("Padding", padding);
        if (attribute.TypesOf("Dilation").Any())
        {
            attribute.Set("Dilation", Argument(attribute, "Dilation", Dilations));
        }
    }

    /// <summary>How often the window fits into each axis.</summary>
    public int[] Positions(OnnxValue padded, Padding padding) => [.. Size.Select((size, axis) => Positions(padded.Shape[axis + 1], axis, padding))];

    private int Positions(int length, int axis, Padding padding)
    {
        long extent = ((Size[axis] - 1L) * Dilations[axis]) + 1;
        return padding == Padding.Same ? (length + Strides[axis] - 1) / Strides[axis]
            : length >= extent ? (int)(((length - extent) / Strides[axis]) + 1)
            : throw OnnxCall.Refusal("kernel_shape", "the window is larger than the image", "export the model again");
    }

    /// <summary>One number where all axes have it.</summary>
    private static object Argument(AttributeText attribute, string name, int[] values)
    {
        Type[] types = [.. attribute.TypesOf(name)];
        bool isEqual = values.Distinct().Count() == 1;
        return types.Contains(typeof(int)) && isEqual ? values[0] : isEqual ? new[] { values[0] } : values;
    }
}
