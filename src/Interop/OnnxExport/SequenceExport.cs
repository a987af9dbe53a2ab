namespace Unroll.Interop.OnnxExport;

/// <summary>Tables of rows for ids and positions.</summary>
internal static class SequenceExport
{
    public static ExportValue Embedding(LayerCall call)
    {
        string ids = call.Add("Cast", [call.Plain], ("to", (int)OnnxFiles.Protobuf.TensorProto.Types.DataType.Int64));
        ExportValue rows = call.Give(call.Add("Gather", call.Writer.Weight(call.Layer, "embeddings"), ids));
        return call.Layer.Argument<bool>("MaskZero") ? rows with { Mask = MaskExport.OfIds(call, call.Plain) } : rows;
    }

    /// <summary>The table for every sample; the input gives no more than the number of them.</summary>
    public static ExportValue PositionEmbedding(LayerCall call)
    {
        int[] shape = call.Layer.Shape;
        float[] rows = call.Writer.Parameter(call.Layer, "embeddings")[..(shape[0] * shape[1])];
        return call.Give(call.Add("Expand", call.Writer.Weight(call.Layer, "embeddings", shape, rows), call.Add("Shape", call.Plain)));
    }
}
