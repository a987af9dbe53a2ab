using Unroll.Interop.Networks;

namespace Unroll.Interop.OnnxFiles;

/// <summary>Images that become larger.</summary>
internal static class ImageRules
{
    public static void Pad(OnnxCall call)
    {
        OnnxValue x = call.Value();
        string mode = call.Text("mode", "constant");
        float value = call.Has(2) ? call.Required(2, "constant_value").AsFloats()[0] : call.Float("value", 0);
        int[] pads = call.Ints("pads") ?? [.. call.WholeNumbers(1, "pads").Select(pad => call.Int(pad, "pads"))];
        int rank = x.Shape.Length + 1;
        int axes = x.Shape.Length - 1;
        if (call.Has(3) || pads.Length != 2 * rank || mode != "constant" || value != 0)
        {
            throw OnnxCall.Refusal("mode", $"zeros are expected, and the file says {mode} of {value}", "pad with zeros");
        }

        var sides = new WindowPads(pads[2..rank], pads[(rank + 2)..]);
        if (pads.All(static pad => pad == 0))
        {
            call.Give(x);
        }
        else if (axes is not (1 or 2) || pads[0] != 0 || pads[1] != 0 || pads[rank] != 0 || pads[rank + 1] != 0 || pads.Any(static pad => pad is < 0 or > 1 << 20))
        {
            throw OnnxCall.Refusal("pads", "zeros stand around the positions of a signal or an image", "pad these axes alone, by at least 0");
        }
        else
        {
            call.Give(Margins.Add(call, call.Fit(x, Layouts.ChannelsLast(axes + 1)), sides));
        }
    }

    public static void Resize(OnnxCall call)
    {
        OnnxValue x = call.Value();
        int[] factors = Factors(call, x);
        string mode = call.Text("mode", "nearest");
        string places = call.Text("coordinate_transformation_mode", call.Operator == "Upsample" || call.Opset < 11 ? "asymmetric" : "half_pixel");
        string rounding = call.Text("nearest_mode", call.Operator == "Upsample" || call.Opset < 11 ? "floor" : "round_prefer_floor");
        call.Float("cubic_coeff_a", 0);
        call.Float("extrapolation_value", 0);
        call.Int("exclude_outside", 0);
        bool isNearest = mode == "nearest" && ((places == "asymmetric" && rounding == "floor") || (places is "half_pixel" or "pytorch_half_pixel" && rounding == "round_prefer_floor"));
        bool isBilinear = mode is "linear" or "bilinear" && places is "half_pixel" or "pytorch_half_pixel" && factors.Length == 2;
        if (!isNearest && !isBilinear)
        {
            throw OnnxCall.Refusal("mode", $"nearest pixels, or bilinear with half-pixel centres, are expected, and the file says {mode}, {places}, {rounding}", "use one of these");
        }

        OnnxValue fit = call.Fit(x, Layouts.ChannelsLast(x.Shape.Length));
        NetworkNode node = call.Add(factors.Length == 1 ? typeof(UpSampling1DAttribute) : typeof(UpSampling2DAttribute), fit);
        node.Attribute!.Set("size", factors.Distinct().Count() == 1 ? factors[0] : factors);
        if (isBilinear)
        {
            node.Attribute.Set("Interpolation", Interpolation.Bilinear);
        }

        call.Give(fit with { Node = node, Shape = [x.Shape[0], .. x.Shape.Skip(1).Select((size, axis) => size * factors[axis])] });
    }

    /// <summary>How many times each axis of the image grows.</summary>
    private static int[] Factors(OnnxCall call, OnnxValue x)
    {
        int scalesAt = call.Operator == "Upsample" || call.Opset < 11 ? 1 : 2;
        float[] scales = call.Has(3)
            ? [1, .. call.WholeNumbers(3, "sizes").Skip(1).Select((size, axis) => axis < x.Shape.Length ? size / (float)x.Shape[axis] : 0)]
            : call.Has(scalesAt) ? call.Required(scalesAt, "scales").AsFloats()
            : call.Floats("scales") ?? [];
        bool isWhole = scales.Length == x.Shape.Length + 1 && scales.Length is 3 or 4 && scales[0] == 1 && scales[1] == 1
            && scales.All(static scale => scale is >= 1 and < 1 << 12 && scale == MathF.Floor(scale));
        return isWhole
            ? [.. scales.Skip(2).Select(static scale => (int)scale)]
            : throw OnnxCall.Refusal("scales", $"an image grows by whole numbers, and the file says [{string.Join(", ", scales)}]", "resize by a whole factor");
    }
}
