using System.Globalization;
using Unroll.Interop.Networks;

namespace Unroll.Interop.OnnxFiles;

/// <summary>Convolutions of signals and images.</summary>
internal static class ConvolutionRules
{
    public static void Convolution(OnnxCall call)
    {
        var window = ImageWindow.Read(call, Kernel(call));
        int axes = window.Axes;
        OnnxTensor w = call.Constant(1)!;
        int groups = call.Int(call.Int("group", 1), "group");
        int filters = w.Dims[0];
        int channels = window.Input.Shape[0];
        if (groups < 1 || w.Dims[1] * (long)groups != channels || filters % groups != 0)
        {
            throw OnnxCall.Refusal("group", $"kernel [{string.Join(", ", w.Dims)}] in {groups.ToString(CultureInfo.InvariantCulture)} groups does not go with {channels.ToString(CultureInfo.InvariantCulture)} channels", "export the model again");
        }

        bool isDepthwise = groups == channels && groups > 1;
        OnnxValue padded = window.Padded(call, out Padding padding);
        NetworkNode layer = call.Add(isDepthwise ? Depthwise(axes) : Plain(axes), padded);
        window.Set(layer.Attribute!, "kernelSize", padding);
        if (isDepthwise)
        {
            layer.Attribute!.Set("DepthMultiplier", filters / groups);
            // Filter g·m + j is the j-th of channel g.
            float[] taps = AxisOrder.Move(w.Floats!, [groups, filters / groups, .. w.Dims.Skip(2)], [.. Enumerable.Range(2, axes), 0, 1]);
            layer.Parameters.Add(new ImportedTensor("kernel", [.. w.Dims.Skip(2), groups, filters / groups], taps));
        }
        else
        {
            layer.Attribute!.Set("filters", filters);
            layer.Attribute.Set("Groups", groups);
            layer.Parameters.Add(new ImportedTensor(
                "kernel", [.. w.Dims.Skip(2), w.Dims[1], filters], AxisOrder.Move(w.Floats!, w.Dims, [.. Enumerable.Range(2, axes), 1, 0])));
        }

        layer.KernelName = call.Node.Input[1];
        AddBias(call, layer, filters);
        call.Give(new OnnxValue(layer, [filters, .. window.Positions(padded, padding)], padded.Axes));
    }

    public static void Transposed(OnnxCall call)
    {
        var window = ImageWindow.Read(call, Kernel(call));
        int axes = window.Axes;
        OnnxTensor w = call.Constant(1)!;
        int filters = w.Dims[1];
        int[] more = call.Ints("output_padding") ?? new int[axes];
        if (call.Int("group", 1) != 1 || w.Dims[0] != window.Input.Shape[0])
        {
            throw OnnxCall.Refusal("group", "transposed convolutions have one group", "export the model without groups");
        }

        if (call.Ints("output_shape") is not null || more.Length != axes || call.Text("auto_pad", "NOTSET") is not ("NOTSET" or "VALID"))
        {
            throw OnnxCall.Refusal("output_shape", "pads are expected rather than a shape", "export the model with pads");
        }

        // Without padding the layer has (n − 1)·s + max(k, s) positions, or with added ones (n − 1)·s + k + added; what the file pads is cut off.
        int[] extents = [.. window.Size.Select((size, axis) => ((size - 1) * window.Dilations[axis]) + 1)];
        int[] added = [.. more.Select((positions, axis) => Math.Max(0, positions - window.Pads.After[axis]))];
        bool adds = Array.Exists(added, static positions => positions > 0);
        int[] sizes = [.. extents.Select((extent, axis) => adds ? extent + added[axis] : Math.Max(extent, window.Strides[axis]))];
        int[] after = [.. sizes.Select((size, axis) => size - extents[axis] - more[axis] + window.Pads.After[axis])];
        if (more.Select((positions, axis) => positions < 0 || positions >= window.Strides[axis]).Contains(true))
        {
            throw OnnxCall.Refusal("output_padding", "it is below the strides", "export the model with a smaller output_padding");
        }

        OnnxValue x = call.Fit(window.Input, Layouts.ChannelsLast(axes + 1));
        NetworkNode layer = call.Add(axes == 1 ? typeof(Conv1DTransposeAttribute) : typeof(Conv2DTransposeAttribute), x);
        layer.Attribute!.Set("filters", filters);
        window.Set(layer.Attribute, "kernelSize", Padding.Valid);
        if (adds)
        {
            layer.Attribute.Set("OutputPadding", added);
        }

        layer.Parameters.Add(new ImportedTensor("kernel", [.. w.Dims.Skip(2), filters, w.Dims[0]], AxisOrder.Move(w.Floats!, w.Dims, [.. Enumerable.Range(2, axes), 1, 0])));
        layer.KernelName = call.Node.Input[1];
        AddBias(call, layer, filters);
        int[] full = [.. sizes.Select((size, axis) => ((window.Input.Shape[axis + 1] - 1) * window.Strides[axis]) + size)];
        var value = new OnnxValue(layer, [filters, .. full], x.Axes);
        var cut = new WindowPads(window.Pads.Before, after);
        call.Give(cut.IsNone ? value : Margins.Cut(call, value, cut));
    }

    private static OnnxTensor Kernel(OnnxCall call) => call.Required(1, "W") is { Floats: not null, Dims.Count: 3 or 4 } kernel
        ? kernel
        : throw OnnxCall.Refusal("W", "a kernel of floats for signals or images is expected", "use Conv1D or Conv2D");

    private static void AddBias(OnnxCall call, NetworkNode layer, int filters)
    {
        layer.Attribute!.Set("UseBias", call.Has(2));
        if (call.Has(2))
        {
            layer.Parameters.Add(new ImportedTensor("bias", [filters], call.Required(2, "B").Floats is { } bias && bias.Length == filters
                ? bias
                : throw OnnxCall.Refusal("B", "a number for each filter is expected", "export the model again")));
        }
    }

    private static Type Plain(int axes) => axes == 1 ? typeof(Conv1DAttribute) : typeof(Conv2DAttribute);

    private static Type Depthwise(int axes) => axes == 1 ? typeof(DepthwiseConv1DAttribute) : typeof(DepthwiseConv2DAttribute);
}
