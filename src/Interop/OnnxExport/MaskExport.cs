using Unroll.Interop.OnnxFiles.Protobuf;

namespace Unroll.Interop.OnnxExport;

/// <summary>Which steps count: 1 or 0 for each, [samples, steps, 1].</summary>
internal static class MaskExport
{
    // What gives every step from that step alone; of others a mask does not go on.
    private static readonly HashSet<string> s_keepers = new(StringComparer.Ordinal)
    {
        "Dense", "Activate", "LeakyRelu", "ThresholdedRelu", "PRelu", "Dropout", "AlphaDropout", "GaussianDropout", "GaussianNoise", "SpatialDropout1D",
        "ActivityRegularization", "BatchNormalization", "LayerNormalization", "GroupNormalization", "RMSNormalization", "UnitNormalization", "PositionEmbedding",
    };

    /// <summary>The steps whose features all are one value, which become 0, count no more.</summary>
    public static ExportValue Masking(LayerCall call)
    {
        string differs = Counts(call, call.Plain, call.Layer.Argument<float>("MaskValue"));
        string mask = call.Add("ReduceMax", [differs], ("axes", new[] { -1 }), ("keepdims", 1));
        return call.Give(call.Add("Mul", call.Plain, mask)) with { Mask = mask };
    }

    /// <summary>Ids but 0.</summary>
    public static string OfIds(LayerCall call, string ids) => call.Add("Unsqueeze", Counts(call, ids, 0), call.Writer.Wholes(-1));

    /// <summary>The value with the masks of what the layer reads, where it keeps steps.</summary>
    public static ExportValue Kept(LayerCall call, ExportValue value)
    {
        if (call.Layer.Kind == "TimeDistributed")
        {
            // What is masked within a step is none of the sequence's.
            return value with { Mask = call.X.Mask };
        }

        if (call.Layer.Kind == "Concatenate")
        {
            return value with { Mask = Joined(call) };
        }

        return value.Mask is null && s_keepers.Contains(call.Layer.Kind) ? value with { Mask = call.X.Mask } : value;
    }

    /// <summary>The mask of what several values make element by element: a step counts where it does in any, and everywhere beside a value without a mask.</summary>
    public static string? Merged(LayerCall call, IEnumerable<string?> masks)
    {
        string?[] distinct = [.. masks.Distinct()];
        return distinct.Contains(null) ? null : distinct.Length == 1 ? distinct[0] : call.Add("Max", [.. distinct.OfType<string>()]);
    }

    /// <summary>A value of the layer's shape at the steps that count, and another where they are masked.</summary>
    public static string Where(LayerCall call, string mask, string x, string other)
    {
        long[] axes = [.. Enumerable.Range(3, call.Layer.Shape.Length - 2).Select(static axis => (long)axis)];
        string steps = axes.Length == 0 ? mask : call.Add("Unsqueeze", mask, call.Writer.Wholes(axes));
        return call.Add("Where", call.Add("Cast", [steps], ("to", (int)TensorProto.Types.DataType.Bool)), x, other);
    }

    /// <summary>The mean of the steps that count; 0 where none does.</summary>
    public static ExportValue Average(LayerCall call, string mask)
    {
        string axes = call.Writer.Wholes(1);
        string count = call.Add("Max", call.Add("ReduceSum", mask, axes), call.Writer.Number(1));
        string mean = call.Add("Div", call.Add("ReduceSum", call.Add("Mul", call.Plain, mask), axes), count);
        return call.Give(call.Layer.Argument<bool>("KeepDims") ? mean : call.Add("Squeeze", mean, axes));
    }

    /// <summary>
    /// Steps behind each other keep their masks; side by side they count where one of them does, and always beside what has no mask.
    /// </summary>
    private static string? Joined(LayerCall call)
    {
        bool isBehind = call.Axes()[0] == 0;
        bool isKept = isBehind ? call.Inputs.Any(static input => input.Mask is not null) : call.Inputs.All(static input => input.Mask is not null);
        if (call.Layer.Shape.Length != 2 || !isKept)
        {
            return null;
        }

        string[] masks = [.. call.Inputs.Select(input => input.Mask ?? Everywhere(call, input))];
        return isBehind ? call.Add("Concat", masks, ("axis", 1)) : call.Add("Max", masks);
    }

    // 1 for each step, whatever its values.
    private static string Everywhere(LayerCall call, ExportValue input)
    {
        string sizes = call.Add("Slice", call.Add("Shape", call.Writer.AsNetwork(input).Name), call.Writer.Wholes(0), call.Writer.Wholes(2));
        return call.Add("Expand", call.Writer.Number(1), call.Add("Concat", [sizes, call.Writer.Wholes(1)], ("axis", 0)));
    }

    private static string Counts(LayerCall call, string x, float value) =>
        call.Add("Cast", [call.Add("Not", call.Add("Equal", x, call.Writer.Number(value)))], ("to", (int)TensorProto.Types.DataType.Float));
}
