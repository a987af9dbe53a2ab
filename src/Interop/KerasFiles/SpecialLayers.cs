using System.Text.Json;

namespace Unroll.Interop.KerasFiles;

/// <summary>Layers whose arguments are not those of an attribute one by one.</summary>
internal static class SpecialLayers
{
    /// <summary>padding: one number for both ends, or [left, right].</summary>
    public static void ZeroPadding1D(LayerReading layer)
    {
        if (layer.Config.Optional("padding") is not JsonElement padding)
        {
            return;
        }

        if (JsonValues.Convert(padding, typeof(int[])) is int[] { Length: 1 or 2 } rows)
        {
            layer.Attribute.Set("left", rows[0]);
            layer.Attribute.Set("right", rows[^1]);
        }
        else
        {
            layer.Refuse("padding", $"rows before and after are expected, and the file says {Json.Short(padding)}", "give padding=(left, right)");
        }
    }

    /// <summary>ReLU's three arguments, as far as an activation has them.</summary>
    public static void Relu(LayerReading layer)
    {
        double? limit = layer.Number("max_value");
        double slope = layer.Number("negative_slope") ?? 0;
        double threshold = layer.Number("threshold") ?? 0;
        switch ((limit, slope, threshold))
        {
            case (null, 0, 0):
                layer.Attribute.Set("activation", Activation.Relu);
                break;
            case (6, 0, 0):
                layer.Attribute.Set("activation", Activation.Relu6);
                break;
            case (null, > 0, 0):
                layer.Attribute.Set("activation", Activation.LeakyRelu);
                layer.Attribute.Set("NegativeSlope", (float)slope);
                break;
            case (null, 0, > 0):
                layer.Attribute.Set("activation", Activation.ThresholdedRelu);
                layer.Attribute.Set("Theta", (float)threshold);
                break;
            default:
                layer.Attribute.Set("activation", Activation.Relu);
                layer.Refuse(
                    null,
                    $"max_value {limit?.ToString() ?? "None"}, negative_slope {slope} and threshold {threshold} together are no activation of Unroll",
                    "use max_value=6 alone, negative_slope alone or threshold alone");
                break;
        }
    }
}
