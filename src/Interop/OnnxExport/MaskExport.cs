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
        "Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Residual",
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
        string[] masks = [.. call.Inputs.Select(static input => input.Mask).OfType<string>().Distinct()];
        return value.Mask is not null || masks.Length == 0 || !s_keepers.Contains(call.Layer.Kind)
            ? value
            : value with { Mask = masks.Aggregate((left, right) => call.Add("Mul", left, right)) };
    }

    /// <summary>The mean of the steps that count; 0 where none does.</summary>
    public static ExportValue Average(LayerCall call, string mask)
    {
        string axes = call.Writer.Wholes(1);
        string count = call.Add("Max", call.Add("ReduceSum", mask, axes), call.Writer.Number(1));
        string mean = call.Add("Div", call.Add("ReduceSum", call.Add("Mul", call.Plain, mask), axes), count);
        return call.Give(call.Layer.Argument<bool>("KeepDims") ? mean : call.Add("Squeeze", mean, axes));
    }

    private static string Counts(LayerCall call, string x, float value) =>
        call.Add("Cast", [call.Add("Not", call.Add("Equal", x, call.Writer.Number(value)))], ("to", (int)TensorProto.Types.DataType.Float));
}
