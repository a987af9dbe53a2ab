using Unroll.Interop.Networks;

namespace Unroll.Interop.OnnxFiles;

/// <summary>Tables of rows.</summary>
internal static class EmbeddingRules
{
    /// <summary>A row for each id of a sequence, or for one id a sample.</summary>
    public static void Rows(OnnxCall call)
    {
        bool isOfOne = call.Has(1) && call.Translation.Loose(call.Node.Input[1]) is { File: [[_]] } one && one.File[0][0] == Factor.Samples;
        OnnxValue ids = isOfOne ? new OnnxValue(call.Loose(1).Node, [1], [0]) : call.Batched(1);
        if (call.Int("axis", 0) != 0 || call.Required(0, "data") is not { Floats: { } rows, Dims: [int count, int width] } || ids.Shape.Length != 1)
        {
            throw OnnxCall.Refusal("data", "rows of a table, [ids, width], are taken for a sequence of ids", "build the model with an embedding of one id a step");
        }

        OnnxValue fit = call.Fit(ids, [0]);
        NetworkNode node = call.Add(typeof(EmbeddingAttribute), fit);
        node.Attribute!.Set("inputDim", count);
        node.Attribute.Set("outputDim", width);
        node.KernelName = call.Node.Input[0];
        node.Parameters.Add(new ImportedTensor("embeddings", [count, width], rows));
        var rowsOfIds = new OnnxValue(node, [ids.Shape[0], width], [0, 1]) { Batch = ids.Batch };
        if (isOfOne)
        {
            LooseValue row = LooseValue.Of(rowsOfIds);
            call.Give(row with { File = [row.File[0], row.File[2]] });
        }
        else
        {
            call.Give(rowsOfIds);
        }
    }
}
