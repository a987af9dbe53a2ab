using Unroll.Interop.Networks;

namespace Unroll.Interop.OnnxFiles;

/// <summary>Attention as exporters write it: dense layers, heads moved forward, two products with a softmax between them, heads moved back, a dense layer.</summary>
internal static class AttentionRules
{
    private const string Instead = "use nn.MultiheadAttention or scaled_dot_product_attention between dense layers";

    /// <summary>A product of two values.</summary>
    public static void Product(OnnxCall call)
    {
        if (call.Scores(0) is AttentionScores { IsSoftmax: true } scores)
        {
            call.Give(Mixed(call, scores, call.Loose(1)));
        }
        else
        {
            call.Translation.Give(call.Node.Output[0], Scores(call.Loose(0), call.Loose(1)));
        }
    }

    /// <summary>Queries times keys.</summary>
    /// <param name="query">[…, steps, size].</param>
    /// <param name="key">[…, size, steps].</param>
    public static AttentionScores Scores(LooseValue query, LooseValue key)
    {
        if (query.File.Length < 3 || key.File.Length < 3)
        {
            throw OnnxCall.Refusal("B", "a product of two values is one of queries and keys over the steps of a sequence", Instead);
        }

        // Both have the numbers of one head along the axis that goes.
        int heads = HeadCount(query, query.File[^1], query.File[^2]);
        bool fits = query.File.Length == key.File.Length && heads == HeadCount(key, key.File[^2], key.File[^1]) && Factor.Product(query.File[^1]) == Factor.Product(key.File[^2])
            && Leading(query, query.File[^1]) == Leading(key, key.File[^2]);
        return fits
            ? new AttentionScores(query, key, query.Scale * key.Scale)
            : throw OnnxCall.Refusal("B", "a product of two values is one of queries and keys of as many heads, and of their softmax and the values", Instead);
    }

    /// <summary>A number in place of scores that a constant mask leaves out, or of probabilities that are none.</summary>
    public static void Where(OnnxCall call)
    {
        if (call.Scores(0) is { IsNotANumber: true } && call.Scores(2) is { IsSoftmax: true } shares && call.Constant(1) is { } none && none.AsFloats().All(static value => value == 0))
        {
            // Of a step that may look nowhere, which a causal mask leaves none of.
            call.Translation.Give(call.Node.Output[0], shares);
            return;
        }

        int place = call.Scores(1) is not null ? 1 : 2;
        if (call.Scores(place) is not AttentionScores scores)
        {
            ActivationRules.Function(call);
            return;
        }

        float[]? mask = call.Constant(0)?.AsFloats();
        float[]? filled = call.Constant(3 - place)?.AsFloats();
        if (mask is null || filled is not [float fill] || scores.IsSoftmax)
        {
            throw OnnxCall.Refusal("condition", "the mask and what it fills in are constants", Instead);
        }

        float[] added = [.. mask.Select(truth => (truth != 0) == (place == 1) ? 0 : fill)];
        call.Translation.Give(call.Node.Output[0], Masked(scores, new OnnxTensor(call.Constant(0)!.Dims, added, null)));
    }

    public static void IsNotANumber(OnnxCall call) => call.Translation.Give(
        call.Node.Output[0],
        call.Scores(0) is { IsSoftmax: true } scores
            ? scores with { IsSoftmax = false, IsNotANumber = true }
            : throw OnnxCall.Refusal(null, "it asks whether values are numbers, for which there is no layer", "build the model without it"));

    /// <summary>Scores to which a constant is added that leaves some out.</summary>
    public static AttentionScores Masked(AttentionScores scores, OnnxTensor added) =>
        added.AsFloats().All(static value => value == 0) ? scores
        : IsCausal(scores, added) ? scores with { IsCausal = true }
        : throw OnnxCall.Refusal(null, "products of queries and keys are scaled by one number, or have all behind the own step masked", Instead);

    public static void Softmax(OnnxCall call, AttentionScores scores)
    {
        long axis = call.Int("axis", call.Opset < 13 ? 1 : -1);
        call.Translation.Give(call.Node.Output[0], call.Operator == "Softmax" && !scores.IsSoftmax && (axis == -1 || axis == scores.Query.File.Length - 1)
            ? scores with { IsSoftmax = true }
            : throw OnnxCall.Refusal("axis", "a softmax over the keys is expected", Instead));
    }

    /// <summary>A factor or a mask on the way to a product.</summary>
    /// <returns>False where it is neither.</returns>
    public static bool Scaled(OnnxCall call)
    {
        int input = call.Constant(0) is null ? 0 : 1;
        if (call.Node.Input.Count != 2 || call.Constant(1 - input) is not OnnxTensor constant)
        {
            return false;
        }

        float number = constant.Count == 1 ? constant.AsFloats()[0] : 0;
        bool isFactor = constant.Count == 1 && (call.Operator == "Mul" || (call.Operator == "Div" && input == 0 && number != 0));
        float factor = call.Operator == "Div" ? 1 / number : number;
        if (call.Scores(input) is AttentionScores scores)
        {
            call.Translation.Give(
                call.Node.Output[0],
                isFactor && !scores.IsSoftmax && !scores.IsCausal ? scores with { Scale = scores.Scale * factor }
                : call.Operator == "Add" && !scores.IsSoftmax ? Masked(scores, constant)
                : throw OnnxCall.Refusal(null, "products of queries and keys are scaled by one number, or have all behind the own step masked", Instead));
            return true;
        }

        if (!isFactor || !ValueUse.LeadsToProduct(call.Translation, call.Node.Output[0]))
        {
            return false;
        }

        LooseValue value = call.Loose(input);
        call.Give(value with { Scale = value.Scale * factor });
        return true;
    }

    /// <summary>The dense layer that brings the heads together: with it the layer is whole.</summary>
    /// <param name="call">Its node.</param>
    /// <param name="attention">What it reads.</param>
    /// <param name="value">The same, every axis by itself.</param>
    /// <param name="kernel">[heads·size, units].</param>
    /// <param name="units">Its units.</param>
    /// <param name="bias">Null where it has none.</param>
    public static OnnxValue Output(OnnxCall call, PendingAttention attention, LooseValue value, float[] kernel, int units, float[]? bias)
    {
        (LooseValue query, LooseValue key, LooseValue values) = (attention.Scores.Query, attention.Scores.Key, attention.Value);
        int heads = HeadCount(query, query.File[^1], query.File[^2]);
        int keyDim = Factor.Product(query.File[^1]);
        int valueDim = Factor.Product(values.File[^1]);
        if (!value.File[^1].SequenceEqual(value.Class[^1]) || value.File.Length != 3 || kernel.Length != heads * valueDim * units)
        {
            throw OnnxCall.Refusal("B", "the heads of each step come together in a dense layer", Instead);
        }

        (float[] Kernel, float[]? Bias, int Inputs) q = Projection(query, attention.Scores.Scale * MathF.Sqrt(keyDim));
        (float[] Kernel, float[]? Bias, int Inputs) k = Projection(key, 1);
        (float[] Kernel, float[]? Bias, int Inputs) v = Projection(values, values.Scale);
        NetworkNode[] read = [query.Node.Inputs[0], values.Node.Inputs[0], key.Node.Inputs[0]];
        NetworkNode node = call.Translation.Add(
            typeof(MultiHeadAttentionAttribute), NameOf(call), read.Distinct().Count() == 1 ? [read[0]] : read);
        bool hasBias = q.Bias is not null || k.Bias is not null || v.Bias is not null || bias is not null;
        node.Attribute!.Set("heads", heads);
        node.Attribute.Set("keyDim", keyDim);
        node.Attribute.Set("ValueDim", valueDim == keyDim ? 0 : valueDim);
        node.Attribute.Set("OutputDim", units == q.Inputs ? 0 : units);
        node.Attribute.Set("Causal", attention.Scores.IsCausal);
        node.Attribute.Set("UseBias", hasBias);
        foreach ((string name, (float[] Kernel, float[]? Bias, int Inputs) part, int size) in new[] { ("query", q, keyDim), ("key", k, keyDim), ("value", v, valueDim) })
        {
            node.Parameters.Add(new ImportedTensor($"{name}/kernel", [part.Inputs, heads, size], part.Kernel));
            if (hasBias)
            {
                node.Parameters.Add(new ImportedTensor($"{name}/bias", [heads, size], part.Bias ?? new float[heads * size]));
            }
        }

        node.Parameters.Add(new ImportedTensor("attention_output/kernel", [heads, valueDim, units], kernel));
        if (hasBias)
        {
            node.Parameters.Add(new ImportedTensor("attention_output/bias", [units], bias ?? new float[units]));
        }

        int batch = Array.FindIndex(value.File, static axis => axis is [Factor only] && only == Factor.Samples);
        return new OnnxValue(node, [Factor.Product(query.Class[0]), units], [0, 1]) { Batch = batch };
    }

    /// <summary>What the heads give: [samples and heads, steps of the queries, size].</summary>
    /// <param name="call">Its node.</param>
    /// <param name="scores">Probabilities.</param>
    /// <param name="value">[…, steps of the keys, size].</param>
    public static LooseValue Mixed(OnnxCall call, AttentionScores scores, LooseValue value)
    {
        if (value.File.Length < 3)
        {
            throw OnnxCall.Refusal("B", "a softmax of products is multiplied with values over the steps of a sequence", Instead);
        }

        int heads = HeadCount(value, value.File[^1], value.File[^2]);
        LooseValue query = scores.Query;
        if (heads != HeadCount(query, query.File[^1], query.File[^2]) || value.File[^2].Length != scores.Key.File[^1].Length
            || Factor.Product(value.File[^2]) != Factor.Product(scores.Key.File[^1]) || Leading(value, value.File[^1]) != Leading(query, query.File[^1]))
        {
            throw OnnxCall.Refusal("B", "a softmax of products is multiplied with values of as many heads and steps", Instead);
        }

        var node = new NetworkNode(null, null, []);
        call.Translation.Await(node, new PendingAttention(scores, value));
        Factor[] steps = [.. query.File[^2].Select(static factor => new Factor(factor.Size))];
        Factor[] head = heads == 1 ? [] : [new Factor(heads)];
        Factor[] size = [.. value.File[^1].Select(static factor => new Factor(factor.Size))];
        Factor[][] leading = [.. query.File[..^2].Select(axis => axis.SelectMany(factor => factor == Factor.Samples ? [factor] : head).Distinct().ToArray())];
        return new LooseValue(node, [steps, [.. head, .. size]], [.. leading, steps, size]);
    }

    /// <summary>How many heads a value has: what the last axis of the class has before the numbers of one.</summary>
    private static int HeadCount(LooseValue value, Factor[] numbers, Factor[] steps)
    {
        Factor[] last = value.Class.Length == 2 ? value.Class[1] : [];
        return value.Class.Length == 2 && value.Class[0].SequenceEqual(steps) && numbers.Length <= last.Length && last[^numbers.Length..].SequenceEqual(numbers)
            && value.Reversed is null && value.LastOf is null
            ? Factor.Product(last[..^numbers.Length])
            : throw OnnxCall.Refusal(null, "a product of two values is one of queries, keys and values, each of a dense layer over the steps of a sequence", Instead);
    }

    /// <summary>How the axes before the last two are made of samples and heads.</summary>
    private static string Leading(LooseValue value, Factor[] numbers)
    {
        Factor[] heads = value.Class[1][..^numbers.Length];
        return string.Join(',', value.File[..^2].Select(axis => string.Concat(axis.Select(factor => factor == Factor.Samples ? 'n' : heads.Contains(factor) ? 'h' : 'x'))));
    }

    /// <summary>The kernel and bias of the dense layer that gives a value, of its part.</summary>
    private static (float[] Kernel, float[]? Bias, int Inputs) Projection(LooseValue value, float scale)
    {
        if (value.Node.Attribute is not { Kind: "Dense" } dense || dense.IsSet("activation"))
        {
            throw OnnxCall.Refusal(null, "queries, keys and values come from a dense layer each", Instead);
        }

        ImportedTensor kernel = value.Node.Parameters[0];
        (int start, int length, int total) = value.Part ?? (0, kernel.Shape[1], kernel.Shape[1]);
        float[] own = [.. Enumerable.Range(0, kernel.Shape[0]).SelectMany(row => kernel.Values.AsSpan((row * total) + start, length).ToArray()).Select(number => number * scale)];
        float[]? bias = value.Node.Parameters.Count > 1 ? [.. value.Node.Parameters[1].Values.Skip(start).Take(length).Select(number => number * scale)] : null;
        return (own, bias, kernel.Shape[0]);
    }

    /// <summary>Zeros up to the own step, and behind it what no probability is left of.</summary>
    private static bool IsCausal(AttentionScores scores, OnnxTensor mask)
    {
        int steps = Factor.Product(scores.Query.File[^2]);
        return mask.Floats is float[] values && values.Length == steps * steps && mask.Dims.Count >= 2 && mask.Dims[^1] == steps && Factor.Product(scores.Key.File[^1]) == steps
            && Enumerable.Range(0, values.Length).All(place => place % steps <= place / steps ? values[place] == 0 : values[place] <= -1e4f);
    }

    private static string? NameOf(OnnxCall call)
    {
        string? name = call.GivenName;
        string[] endings = [".out_proj", "_out_proj", ".attention_output", "_attention_output"];
        return Array.Find(endings, ending => name?.EndsWith(ending, StringComparison.Ordinal) == true) is string ending ? name![..^ending.Length] : name;
    }
}
