namespace Unroll.Interop.OnnxExport;

/// <summary>Dense layers, and what moves or scales numbers.</summary>
internal static class PlainExport
{
    public static ExportValue Dense(LayerCall call)
    {
        bool hasBias = call.Layer.Argument<bool>("UseBias");
        string kernel = call.Writer.Weight(call.Layer, "kernel");
        string y = call.InputShape.Length == 1 && hasBias
            ? call.Add("Gemm", call.Plain, kernel, call.Writer.Weight(call.Layer, "bias"))
            : call.Add("MatMul", call.Plain, kernel);
        if (call.InputShape.Length > 1 && hasBias)
        {
            y = call.Add("Add", y, call.Writer.Weight(call.Layer, "bias"));
        }

        return call.Activated(call.Give(y));
    }

    /// <summary>What acts in training only.</summary>
    public static ExportValue Nothing(LayerCall call) => call.X;

    public static ExportValue Reshape(LayerCall call) =>
        call.Give(call.Add("Reshape", call.Plain, call.Writer.Wholes([-1, .. call.Layer.Shape.Select(static size => (long)size)])));

    /// <summary>What a block has made of each step, which is the second operand.</summary>
    public static ExportValue TimeDistributed(LayerCall call) => Reshape(call with { Inputs = [call.Inputs[1]] });

    public static ExportValue Permute(LayerCall call) =>
        call.Give(call.Writer.Transposed(call.Plain, [0, .. call.Layer.Argument<IReadOnlyList<int>>("Dims")]));

    public static ExportValue RepeatVector(LayerCall call)
    {
        string row = call.Add("Unsqueeze", call.Plain, call.Writer.Wholes(1));
        return call.Give(call.Add("Tile", row, call.Writer.Wholes(1, call.Layer.Shape[0], 1)));
    }

    public static ExportValue Rescaling(LayerCall call)
    {
        string scaled = call.Add("Mul", call.X.Name, call.Writer.Number(call.Layer.Argument<float>("Scale")));
        return call.X with { Name = call.Add("Add", scaled, call.Writer.Number(call.Layer.Argument<float>("Offset"))) };
    }

    public static ExportValue Padding(LayerCall call)
    {
        (int[] before, int[] after) = Sides(call, "Padding");
        ExportValue x = call.Writer.AsNetwork(call.X);
        long[] pads = [0, .. before.Select(static pad => (long)pad), 0, 0, .. after.Select(static pad => (long)pad), 0];
        return call.Give(call.Add("Pad", x.Name, call.Writer.Wholes(pads)));
    }

    public static ExportValue Cropping(LayerCall call) => Cut(call, Sides(call, "Cropping").Before);

    /// <summary>What the layer leaves of each of the first axes, from <paramref name="before"/> on.</summary>
    public static ExportValue Cut(LayerCall call, int[] before)
    {
        long[] starts = [.. before.Select(static pad => (long)pad)];
        long[] ends = [.. before.Select((pad, axis) => (long)pad + call.Layer.Shape[axis])];
        long[] axes = [.. Enumerable.Range(1, before.Length).Select(static axis => (long)axis)];
        return call.Give(call.Add("Slice", call.Plain, call.Writer.Wholes(starts), call.Writer.Wholes(ends), call.Writer.Wholes(axes)));
    }

    public static ExportValue UpSampling(LayerCall call)
    {
        bool isImage = call.Layer.Kind == "UpSampling2D";
        bool isBilinear = isImage && call.Layer.Argument<Interpolation>("Interpolation") == Interpolation.Bilinear;
        ExportValue x = call.Writer.ChannelsFirst(call.X);
        float[] scales = [1, 1, .. call.Layer.PerAxis("Size", isImage ? 2 : 1).Select(static size => (float)size)];
        return call.GiveChannelsFirst(call.Add(
            "Resize",
            [x.Name, "", call.Writer.Numbers([scales.Length], scales)],
            ("mode", isBilinear ? "linear" : "nearest"),
            ("coordinate_transformation_mode", isBilinear ? "half_pixel" : "asymmetric"),
            ("nearest_mode", "floor")));
    }

    /// <summary>Numbers before and after each axis.</summary>
    private static (int[] Before, int[] After) Sides(LayerCall call, string argument)
    {
        if (call.Layer.Kind.EndsWith("1D", StringComparison.Ordinal))
        {
            return ([call.Layer.Argument<int>("Left")], [call.Layer.Argument<int>("Right")]);
        }

        int[] sides = call.Layer.PerAxis(argument, 2);
        return sides.Length == 4 ? ([sides[0], sides[2]], [sides[1], sides[3]]) : (sides, sides);
    }
}
