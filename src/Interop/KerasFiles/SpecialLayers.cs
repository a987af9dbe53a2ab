using System.Text.Json;

namespace Unroll.Interop.KerasFiles;

/// <summary>Layers whose arguments are not those of an attribute one by one.</summary>
internal static class SpecialLayers
{
    /// <summary>One number for both ends of a sequence, or [left, right].</summary>
    public static void Ends(LayerReading layer, string argument)
    {
        if (layer.Config.Optional(argument) is not JsonElement ends)
        {
            return;
        }

        if (JsonValues.Convert(ends, typeof(int[])) is int[] { Length: 1 or 2 } rows)
        {
            layer.Attribute.Set("left", rows[0]);
            layer.Attribute.Set("right", rows[^1]);
        }
        else
        {
            layer.Refuse(argument, $"rows before and after are expected, and the file says {Json.Short(ends)}", $"give {argument}=(left, right)");
        }
    }

    /// <summary>One number for the four sides of an image, one for each axis, or [[top, bottom], [left, right]].</summary>
    public static void Sides(LayerReading layer, string argument)
    {
        if (layer.Config.Optional(argument) is not JsonElement sides)
        {
            return;
        }

        JsonElement[] axes = sides.ValueKind == JsonValueKind.Array ? [.. sides.EnumerateArray()] : [sides];
        int[]?[] numbers = [.. axes.Select(static axis => JsonValues.Convert(axis, typeof(int[])) as int[])];
        if (axes.Length is 1 or 2 && Array.TrueForAll(numbers, static axis => axis is { Length: 1 or 2 }))
        {
            int[] all = [.. numbers.SelectMany(static axis => new[] { axis![0], axis[^1] })];
            if (all.Distinct().Count() == 1)
            {
                layer.Attribute.Set(argument, all[0]);
            }
            else
            {
                layer.Attribute.Set(argument, all);
            }
        }
        else
        {
            layer.Refuse(argument, $"numbers for two axes are expected, and the file says {Json.Short(sides)}", $"give {argument}=((top, bottom), (left, right))");
        }
    }

    /// <summary>The axes of a normalization: one number or several, counted with the batch.</summary>
    public static void Axes(LayerReading layer)
    {
        if (layer.Config.Optional("axis") is not JsonElement given)
        {
            return;
        }

        bool takesOne = layer.Attribute.TypesOf("Axis").Contains(typeof(int));
        if (JsonValues.Convert(given, typeof(int[])) is int[] { Length: > 0 } axes && (axes.Length == 1 || !takesOne))
        {
            int[] counted = [.. axes.Select(axis => axis == layer.InputRank - 1 ? -1 : axis)];
            layer.Attribute.Set("Axis", takesOne ? counted[0] : counted);
        }
        else
        {
            layer.Refuse("axis", $"{(takesOne ? "one axis is" : "axes are")} expected, and the file says {Json.Short(given)}", "save the model again");
        }
    }

    /// <summary>Random amounts: each one number, or the least and the largest. An attribute has all of them in one form.</summary>
    public static void Factors(LayerReading layer, IReadOnlyList<string> arguments)
    {
        (string Name, JsonElement Value)[] given =
            [.. arguments.Where(argument => layer.Config.Optional(argument) is not null).Select(argument => (argument, layer.Config.Optional(argument)!.Value))];
        Type type = given.All(static factor => factor.Value.ValueKind == JsonValueKind.Number) ? typeof(float) : typeof(float[]);
        foreach ((string name, JsonElement value) in given)
        {
            if (JsonValues.Convert(value, type) is object amounts)
            {
                layer.Attribute.Set(name.Replace("_", "", StringComparison.Ordinal), amounts);
            }
            else
            {
                layer.Refuse(name, $"a number or two are expected, and the file says {Json.Short(value)}", $"give {name}=(least, largest)");
            }
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
