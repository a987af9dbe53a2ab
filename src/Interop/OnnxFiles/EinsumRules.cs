namespace Unroll.Interop.OnnxFiles;

/// <summary>Sums of products as Keras's attention is exported: dense layers onto heads and back, and the two products between.</summary>
internal static class EinsumRules
{
    private const string Instead = "use Keras's MultiHeadAttention or EinsumDense over the last axes, or a dense layer";

    public static void Read(OnnxCall call)
    {
        string equation = call.Text("equation", "").Replace(" ", "", StringComparison.Ordinal);
        string[] sides = equation.Split("->");
        string[] inputs = sides[0].Split(',');
        bool isPlain = sides.Length == 2 && inputs.Length == 2 && call.Node.Input.Count == 2 && !equation.Contains('.', StringComparison.Ordinal)
            && inputs.Append(sides[1]).All(static labels => labels.Length > 0 && labels.Distinct().Count() == labels.Length);
        if (!isPlain)
        {
            throw OnnxCall.Refusal(null, $"a product of two values is expected, and the file says '{equation}'", Instead);
        }

        if (call.Constant(1) is OnnxTensor kernel)
        {
            Dense(call, inputs[0], inputs[1], sides[1], kernel);
        }
        else if (call.Constant(0) is not null)
        {
            throw OnnxCall.Refusal(null, "the constant comes first", Instead);
        }
        else if (call.Scores(0) is { IsSoftmax: true } first)
        {
            Mix(call, first, inputs[0], 1, inputs[1], sides[1]);
        }
        else if (call.Scores(1) is { IsSoftmax: true } second)
        {
            Mix(call, second, inputs[1], 0, inputs[0], sides[1]);
        }
        else
        {
            Scores(call, inputs, sides[1]);
        }
    }

    /// <summary>abc,cde->abde: the last axes of the value, which are the first of the constant, give way to the others of that.</summary>
    private static void Dense(OnnxCall call, string value, string constant, string result, OnnxTensor kernel)
    {
        string summed = new([.. constant.Where(label => value.Contains(label, StringComparison.Ordinal))]);
        string kept = value[..^summed.Length];
        string added = constant[summed.Length..];
        LooseValue x = call.Loose(0);
        if (summed.Length == 0 || added.Length == 0 || !value.EndsWith(summed, StringComparison.Ordinal) || !constant.StartsWith(summed, StringComparison.Ordinal) || result != kept + added
            || x.File.Length != value.Length || kernel.Dims.Count != constant.Length || kernel.Floats is null)
        {
            throw Misfit(value, constant, result);
        }

        int[] sizes = [.. kernel.Dims.Skip(summed.Length)];
        int units = sizes.Aggregate(1, static (product, size) => product * size);
        (float[]? bias, string output) = BiasBehind(call, sizes);
        LooseValue joined = x with { File = [.. x.File[..kept.Length], [.. x.File[kept.Length..].SelectMany(static axis => axis)]] };
        LooseValue y = DenseRules.Applied(call, joined, kernel.Floats, units, bias);
        long[] shape = [.. Enumerable.Range(0, kept.Length).Select(axis => ConstantFolding.SizeOf(y, axis)), .. sizes.Select(static size => (long)size)];
        call.Translation.Give(output, added.Length == 1 ? y : LooseAxes.Reshape(call, y, shape));
    }

    /// <summary>aecd,abcd->acbe: keys and queries, or the other way round, over the numbers of each head.</summary>
    private static void Scores(OnnxCall call, string[] inputs, string result)
    {
        LooseValue[] values = [call.Loose(0), call.Loose(1)];
        string summed = new([.. inputs[0].Where(label => inputs[1].Contains(label, StringComparison.Ordinal) && !result.Contains(label, StringComparison.Ordinal))]);
        int query = result.Length > 2 && inputs[0].Contains(result[^2], StringComparison.Ordinal) ? 0 : 1;
        string leading = result.Length > 2 ? result[..^2] : "";
        LooseValue? q = summed.Length == 1 ? Ordered(values[query], inputs[query], leading + result[^2] + summed) : null;
        LooseValue? k = summed.Length == 1 ? Ordered(values[1 - query], inputs[1 - query], leading + summed + result[^1]) : null;
        call.Translation.Give(call.Node.Output[0], q is not null && k is not null ? AttentionRules.Scores(q, k) : throw Misfit(inputs[0], inputs[1], result));
    }

    /// <summary>acbe,aecd->abcd: probabilities and values over the steps.</summary>
    private static void Mix(OnnxCall call, AttentionScores scores, string labels, int place, string value, string result)
    {
        string size = new([.. value.Where(label => !labels.Contains(label, StringComparison.Ordinal))]);
        LooseValue? ordered = size.Length == 1 && labels.Length > 2 ? Ordered(call.Loose(place), value, labels[..^2] + labels[^1] + size) : null;
        LooseValue? mixed = ordered is null ? null : Ordered(AttentionRules.Mixed(call, scores, ordered), labels[..^1] + size, result);
        call.Give(mixed ?? throw Misfit(labels, value, result));
    }

    /// <summary>With its axes in another order; null where they are others.</summary>
    private static LooseValue? Ordered(LooseValue value, string labels, string wanted) =>
        labels.Length == value.File.Length && labels.Length == wanted.Length && labels.Order().SequenceEqual(wanted.Order())
            ? value with { File = [.. wanted.Select(label => value.File[labels.IndexOf(label, StringComparison.Ordinal)])] }
            : null;

    private static (float[]? Bias, string Output) BiasBehind(OnnxCall call, int[] sizes)
    {
        string output = call.Node.Output[0];
        if (call.Translation.Links.OnlyReader(output) is not { OpType: "Add" } add
            || call.Translation.Constant(add.Input[0] == output ? add.Input[1] : add.Input[0]) is not { Floats: { } bias } constant
            || !constant.Dims.SkipWhile(static size => size == 1).SequenceEqual(sizes.SkipWhile(static size => size == 1)))
        {
            return (null, output);
        }

        call.Translation.Take(add);
        return (bias, add.Output[0]);
    }

    private static RefusedNodeException Misfit(string first, string second, string result) => OnnxCall.Refusal(
        "equation", $"a dense layer over the last axes, or a product of attention, is expected, and the file says '{first},{second}->{result}'", Instead);
}
