namespace Unroll.Interop.OnnxFiles;

/// <summary>Zeros around the input of a window, as a file gives them.</summary>
/// <param name="Before">For each axis of an image or signal.</param>
/// <param name="After">For each axis.</param>
internal sealed record WindowPads(int[] Before, int[] After)
{
    public bool IsNone => Before.All(static pad => pad == 0) && After.All(static pad => pad == 0);

    /// <summary>All of them, as an attribute takes them: left and right, or top, bottom, left and right.</summary>
    public int[] Sides => [.. Before.SelectMany((before, axis) => new[] { before, After[axis] })];

    public static WindowPads Read(OnnxCall call, int[] input, int[] kernel, int[] strides, int[] dilations)
    {
        string auto = call.Text("auto_pad", "NOTSET");
        int[] pads = call.Ints("pads") ?? new int[2 * input.Length];
        if (auto is "SAME_UPPER" or "SAME_LOWER")
        {
            int[] total = [.. input.Select((size, axis) => Same(size, kernel[axis], strides[axis], dilations[axis]))];
            int[] smaller = [.. total.Select(static all => all / 2)];
            int[] larger = [.. total.Select(static all => all - (all / 2))];
            return auto == "SAME_UPPER" ? new WindowPads(smaller, larger) : new WindowPads(larger, smaller);
        }

        if (auto == "VALID")
        {
            return new WindowPads(new int[input.Length], new int[input.Length]);
        }

        return auto == "NOTSET" && pads.Length == 2 * input.Length && pads.All(static pad => pad is >= 0 and < 1 << 20)
            ? new WindowPads(pads[..input.Length], pads[input.Length..])
            : throw OnnxCall.Refusal("pads", $"zeros before and after each axis are expected, and the file says [{string.Join(", ", pads)}], {auto}", "export the model with pads of at least 0");
    }

    /// <summary>Whether they are those of <c>Padding.Same</c>.</summary>
    public bool IsSame(int[] input, int[] kernel, int[] strides, int[] dilations) => input.Select((size, axis) => (Total: Same(size, kernel[axis], strides[axis], dilations[axis]), axis))
        .All(pad => Before[pad.axis] == pad.Total / 2 && After[pad.axis] == pad.Total - (pad.Total / 2));

    private static int Same(int size, int kernel, int stride, int dilation)
    {
        long reached = (((((long)size + stride - 1) / stride) - 1) * stride) + ((kernel - 1L) * dilation) + 1;
        return (int)Math.Clamp(reached - size, 0, 1 << 20);
    }
}
