namespace Unroll.Interop.OnnxFiles;

/// <summary>Products of queries and keys, [samples and heads, steps of the queries, steps of the keys].</summary>
/// <param name="Query">The queries: the steps' axis before that of their numbers.</param>
/// <param name="Key">The keys, turned over.</param>
/// <param name="Scale">What the products are multiplied with.</param>
internal sealed record AttentionScores(LooseValue Query, LooseValue Key, float Scale)
{
    /// <summary>Whether a step attends to itself and those before it alone.</summary>
    public bool IsCausal { get; init; }

    /// <summary>Whether they are probabilities no more, but tell which of them are no numbers.</summary>
    public bool IsNotANumber { get; init; }

    /// <summary>Whether they are probabilities already.</summary>
    public bool IsSoftmax { get; init; }
}

/// <summary>What the heads give, before the dense layer that brings them together.</summary>
internal sealed record PendingAttention(AttentionScores Scores, LooseValue Value);
