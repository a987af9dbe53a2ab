namespace Unroll.Interop.OnnxFiles;

/// <summary>The operator <c>Attention</c> of opset 23: queries, keys and values in, what the heads give out.</summary>
internal static class AttentionOperator
{
    public static void Read(OnnxCall call)
    {
        (LooseValue query, bool isJoined) = Heads(call, 0, "q_num_heads");
        (LooseValue key, _) = Heads(call, 1, "kv_num_heads");
        (LooseValue value, _) = Heads(call, 2, "kv_num_heads");
        call.Int("softmax_precision", 1);
        call.Int("qk_matmul_output_mode", 0);
        string? more = call.Has(4) ? "past_key" : call.Has(5) ? "past_value" : call.Float("softcap", 0) != 0 ? "softcap" : call.Node.Output.Skip(1).Any(static output => output.Length > 0) ? "present_key" : null;
        if (more is not null)
        {
            throw OnnxCall.Refusal(more, "a layer of attention looks at its sequence alone, without limits", "export the model without it");
        }

        LooseValue turned = key with { File = [.. key.File[..^2], key.File[^1], key.File[^2]] };
        AttentionScores scores = AttentionRules.Scores(query, turned);
        scores = scores with { Scale = scores.Scale * call.Float("scale", 1 / MathF.Sqrt(Factor.Product(query.File[^1]))) };
        scores = call.Int("is_causal", 0) != 0 ? scores with { IsCausal = true } : scores;
        if (call.Has(3))
        {
            OnnxTensor mask = call.Required(3, "attn_mask");
            scores = AttentionRules.Masked(scores, mask.IsWhole ? new OnnxTensor(mask.Dims, [.. mask.Wholes!.Select(static truth => truth != 0 ? 0 : float.NegativeInfinity)], null) : mask);
        }

        LooseValue heads = AttentionRules.Mixed(call, scores with { IsSoftmax = true }, value);
        call.Give(isJoined ? heads with { File = [heads.File[0], heads.File[2], [.. heads.File[1], .. heads.File[3]]] } : heads);
    }

    /// <summary>[samples, heads, steps, size], out of [samples, steps, heads·size] where the file has it so.</summary>
    private static (LooseValue Value, bool IsJoined) Heads(OnnxCall call, int input, string count)
    {
        LooseValue x = call.Loose(input);
        int heads = call.Int(call.Int(count, 0), count);
        if (x.File.Length == 4)
        {
            return (x, false);
        }

        int size = x.File.Length == 3 ? x.Length(2) : 0;
        if (heads <= 0 || size == 0 || size % heads != 0)
        {
            throw OnnxCall.Refusal(count, "[samples, heads, steps, size], or [samples, steps, heads·size] and the number of heads, are expected", "export the model again");
        }

        LooseValue apart = LooseAxes.Reshape(call, x, [ConstantFolding.SizeOf(x, 0), ConstantFolding.SizeOf(x, 1), heads, size / heads]);
        return (apart with { File = [apart.File[0], apart.File[2], apart.File[1], apart.File[3]] }, true);
    }
}
