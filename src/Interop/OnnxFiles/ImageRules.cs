using Unroll.Interop.Networks;

namespace Unroll.Interop.OnnxFiles;

/// <summary>Images that become larger or smaller.</summary>
internal static class ImageRules
{
    public static void Pad(OnnxCall call)
    {
        OnnxValue x = call.Value();
        string mode = call.Text("mode", "constant");
        float value = call.Has(2) ? call.Required(2, "constant_value").AsFloats()[0] : call.Float("value", 0);
        int[] pads = call.Ints("pads") ?? [.. call.WholeNumbers(1, "pads").Select(pad => call.Int(pad, "pads"))];
        int rank = x.Shape.Length + 1;
        if (call.Has(3) || pads.Length != 2 * rank || mode != "constant" || value != 0)
        {
            throw OnnxCall.Refusal("mode", $"zeros are expected, and the file says {mode} of {value}", "pad with zeros");
        }

        int[] changed = [.. Enumerable.Range(0, x.Shape.Length).Where(axis => pads[axis + 1] != 0 || pads[rank + axis + 1] != 0)];
        if (changed.Length == 0 && pads[0] == 0 && pads[rank] == 0)
        {
            call.Give(x);
        }
        else if (pads[0] != 0 || pads[rank] != 0 || pads.Any(static pad => pad is < 0 or > 1 << 20))
        {
            throw OnnxCall.Refusal("pads", "zeros stand around the values of each sample", "pad its axes alone, by at least 0");
        }
        else if (Margins.Fit(call, x, changed) is OnnxValue fit)
        {
            int[] axes = fit.Axes[..^1];
            call.Give(Margins.Add(call, fit, new WindowPads([.. axes.Select(axis => pads[axis + 1])], [.. axes.Select(axis => pads[rank + axis + 1])])));
        }
        else
        {
            call.Give(changed.Aggregate(x, (padded, axis) => Margins.Zeros(call, padded, axis, pads[axis + 1], pads[rank + axis + 1])));
        }
    }

    /// <summary>The middle of a signal or an image.</summary>
    public static void Slice(OnnxCall call)
    {
        if (LooseRules.Slice(call))
        {
            return;
        }

        OnnxValue x = call.Value();
        int[] starts = Bounds(call, 1, "starts");
        int[] ends = Bounds(call, 2, "ends");
        int[] axes = [.. (call.Axes(3) ?? [.. Enumerable.Range(0, starts.Length)]).Select(axis => call.SampleAxis(axis, x))];
        if (starts.Length != axes.Length || ends.Length != axes.Length || (call.Has(4) && call.WholeNumbers(4, "steps").Any(static step => step != 1)))
        {
            throw OnnxCall.Refusal("steps", "what is left of an axis is one piece", "take every element");
        }

        int[] before = new int[x.Shape.Length];
        int[] after = new int[x.Shape.Length];
        for (int i = 0; i < axes.Length; i++)
        {
            int size = x.Shape[axes[i]];
            before[axes[i]] = Math.Clamp(starts[i] < 0 ? starts[i] + size : starts[i], 0, size);
            after[axes[i]] = size - Math.Clamp(ends[i] < 0 ? ends[i] + size : ends[i], 0, size);
        }

        int[] changed = [.. axes.Where(axis => before[axis] != 0 || after[axis] != 0)];
        if (changed.Length > 0 && Margins.Fit(call, x, changed) is OnnxValue fit)
        {
            call.Give(Margins.Cut(call, fit, new WindowPads([.. fit.Axes[..^1].Select(axis => before[axis])], [.. fit.Axes[..^1].Select(axis => after[axis])])));
        }
        else
        {
            LooseRules.Cut(call);
        }
    }

    // Beyond any axis stands for its end.
    private static int[] Bounds(OnnxCall call, int input, string what) =>
        [.. (call.Longs(what) ?? call.WholeNumbers(input, what)).Select(static bound => (int)Math.Clamp(bound, int.MinValue / 2, int.MaxValue))];

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
        if (call.Int("antialias", 0) != 0)
        {
            throw OnnxCall.Refusal("antialias", "images only grow, without smoothing", "resize without antialias");
        }

        if (call.Text("keep_aspect_ratio_policy", "stretch") != "stretch" && call.Has(3))
        {
            throw OnnxCall.Refusal("keep_aspect_ratio_policy", "sizes are those that come out", "resize with stretch");
        }

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
