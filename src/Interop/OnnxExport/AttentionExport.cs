using Unroll.Interop.Networks;

namespace Unroll.Interop.OnnxExport;

/// <summary>Attention of several heads, as products of matrices.</summary>
internal static class AttentionExport
{
    // exp of it and of what is far above it differ by all that a float holds.
    private const float FarBelow = -1e30f;

    public static ExportValue Attention(LayerCall call)
    {
        ModelLayer layer = call.Layer;
        int heads = layer.Argument<int>("Heads");
        int keyDim = layer.Argument<int>("KeyDim");
        int valueDim = layer.Argument<int>("ValueDim") is var given and > 0 ? given : keyDim;
        ExportValue query = call.Writer.AsNetwork(call.Inputs[0]);
        ExportValue value = call.Writer.AsNetwork(call.Inputs[call.Inputs.Count > 1 ? 1 : 0]);
        ExportValue key = call.Inputs.Count > 2 ? call.Writer.AsNetwork(call.Inputs[2]) : value;
        int steps = query.Shape[0];
        string q = Heads(call, query, "query", heads, keyDim, [0, 2, 1, 3]);
        string k = Heads(call, key, "key", heads, keyDim, [0, 2, 3, 1]);
        string v = Heads(call, value, "value", heads, valueDim, [0, 2, 1, 3]);
        string scores = call.Add("Mul", call.Add("MatMul", q, k), call.Writer.Number(1 / MathF.Sqrt(keyDim)));
        if (layer.Argument<bool>("Causal"))
        {
            float[] mask = [.. Enumerable.Range(0, steps * key.Shape[0]).Select(place => place % key.Shape[0] <= place / key.Shape[0] ? 0 : FarBelow)];
            scores = call.Add("Add", scores, call.Writer.Numbers([steps, key.Shape[0]], mask));
        }

        // [samples, steps, 1] as [samples, 1, 1, keys] and [samples, 1, steps, 1].
        string?[] ofKeys = [value.Mask, key.Mask];
        string[] keyMasks = [.. ofKeys.OfType<string>().Distinct().Select(mask => Mask(call, call.Writer.Transposed(mask, [0, 2, 1])))];
        foreach (string mask in keyMasks)
        {
            scores = call.Add("Where", mask, scores, call.Writer.Number(FarBelow));
        }

        string shares = call.Add("Softmax", [scores], ("axis", -1));
        string[] masks = query.Mask is string own ? [.. keyMasks, Mask(call, own)] : keyMasks;
        foreach (string mask in masks)
        {
            shares = call.Add("Where", mask, shares, call.Writer.Number(0));
        }

        string mixed = call.Writer.Transposed(call.Add("MatMul", shares, v), [0, 2, 1, 3]);
        string joined = call.Add("Reshape", mixed, call.Writer.Wholes(0, steps, heads * valueDim));
        return call.Give(Dense(call, joined, "attention_output", [heads * valueDim, layer.Shape[^1]])) with { Mask = query.Mask };
    }

    private static string Heads(LayerCall call, ExportValue x, string part, int heads, int size, int[] order)
    {
        string y = Dense(call, x.Name, part, [x.Shape[^1], heads * size]);
        return call.Writer.Transposed(call.Add("Reshape", y, call.Writer.Wholes(0, x.Shape[0], heads, size)), order);
    }

    private static string Dense(LayerCall call, string x, string part, int[] shape)
    {
        string y = call.Add("MatMul", x, call.Writer.Weight(call.Layer, $"{part}/kernel", shape, call.Writer.Parameter(call.Layer, $"{part}/kernel")));
        return call.Layer.Argument<bool>("UseBias")
            ? call.Add("Add", y, call.Writer.Weight(call.Layer, $"{part}/bias", [shape[1]], call.Writer.Parameter(call.Layer, $"{part}/bias")))
            : y;
    }

    private static string Mask(LayerCall call, string mask) =>
        call.Add("Cast", [call.Add("Unsqueeze", mask, call.Writer.Wholes(1))], ("to", (int)OnnxFiles.Protobuf.TensorProto.Types.DataType.Bool));
}
