using Unroll.Interop.OnnxFiles.Protobuf;

namespace Unroll.Interop.OnnxFiles;

/// <summary>Layer normalization as exporters spell it before opset 17: mean, difference, square, mean, ε, root, quotient, γ, β.</summary>
internal static class LayerNormalizationPattern
{
    /// <summary>The beginning of it, or a mean by itself.</summary>
    public static void ReduceMean(OnnxCall call)
    {
        OnnxValue x = call.Batched();
        bool isLast = call.Axes(1) is [int axis] && call.SampleAxis(axis, x) == x.Shape.Length - 1 && call.Int("keepdims", 1) == 1;
        if (!(isLast && Match(call, x)))
        {
            PoolingRules.Reduce(call);
        }
    }

    private static bool Match(OnnxCall call, OnnxValue x)
    {
        OnnxLinks links = call.Translation.Links;
        string input = call.Node.Input[0];
        string mean = call.Node.Output[0];
        NodeProto[] differences = [.. links.Readers(mean)];
        if (differences.Length is 0 or > 2 || links.IsOutput(mean) || !differences.All(node => node.OpType == "Sub" && node.Input[0] == input && node.Input[1] == mean))
        {
            return false;
        }

        var taken = new List<NodeProto>(differences);
        NodeProto[] readers = [.. differences.SelectMany(node => links.Readers(node.Output[0]))];
        NodeProto? square = readers.FirstOrDefault(node => IsSquare(call, node));
        NodeProto? quotient = readers.FirstOrDefault(static node => node.OpType == "Div");
        NodeProto? variance = square is null ? null : Next(links, square, "ReduceMean");
        NodeProto? sum = variance is null ? null : Next(links, variance, "Add");
        NodeProto? root = sum is null ? null : Next(links, sum, "Sqrt");
        NodeProto? division = root is null ? null : Next(links, root, "Div");
        if (readers.Length != 2 || quotient is null || !ReferenceEquals(division, quotient) || quotient.Input[1] != root!.Output[0]
            || Constant(call, sum!, variance!.Output[0]) is not { Count: 1 } epsilon)
        {
            return false;
        }

        taken.AddRange([square!, variance, sum!, root, quotient]);
        string output = quotient.Output[0];
        float[]? gamma = TakeNumbers(call, "Mul", x.Shape[^1], ref output, taken);
        float[]? beta = TakeNumbers(call, "Add", x.Shape[^1], ref output, taken);
        foreach (NodeProto node in taken)
        {
            call.Translation.Take(node);
        }

        call.Translation.Give(output, NormalizationRules.AddLayer(call, x, x.Shape.Length - 1, epsilon.AsFloats()[0], gamma, beta));
        return true;
    }

    private static bool IsSquare(OnnxCall call, NodeProto node) =>
        (node.OpType == "Pow" && call.Translation.Constant(node.Input[1]) is { Count: 1 } power && power.AsFloats()[0] == 2)
        || (node.OpType == "Mul" && node.Input[0] == node.Input[1]);

    private static NodeProto? Next(OnnxLinks links, NodeProto node, string operation) =>
        links.OnlyReader(node.Output[0]) is { } reader && reader.OpType == operation ? reader : null;

    private static OnnxTensor? Constant(OnnxCall call, NodeProto node, string value) =>
        call.Translation.Constant(node.Input[0] == value ? node.Input[1] : node.Input[0]);

    /// <summary>The numbers that the one reader multiplies or adds along the last axis, where it does.</summary>
    private static float[]? TakeNumbers(OnnxCall call, string operation, int length, ref string output, List<NodeProto> taken)
    {
        if (call.Translation.Links.OnlyReader(output) is not { } reader || reader.OpType != operation
            || Constant(call, reader, output) is not { Floats: { } numbers, Dims: [.., int last] } || last != length || numbers.Length != length)
        {
            return null;
        }

        taken.Add(reader);
        output = reader.Output[0];
        return numbers;
    }
}
