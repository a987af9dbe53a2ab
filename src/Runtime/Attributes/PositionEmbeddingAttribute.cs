namespace Unroll;

/// <summary>A trained vector for each step: <c>y[t, :] = embeddings[t]</c>, whatever the input's values are.</summary>
/// <remarks>
/// <para>Input [steps, features], output the same. Parameter: <c>embeddings</c> [sequenceLength, features], of which the first steps are used.
/// The vectors are returned, not added: <see cref="AddAttribute"/> does that.</para>
/// <para>Definition and defaults are those of <c>keras_hub.layers.PositionEmbedding</c>; more steps than <c>sequenceLength</c> are refused.</para>
/// </remarks>
/// <example>
/// <code>
/// [Network(80)]
/// [Embedding(5000, 32, Name = "tokens")]
/// [PositionEmbedding(Name = "positions")]     // 80·32 parameters
/// [Add("tokens", "positions")]
/// </code>
/// </example>
/// <param name="sequenceLength">The most steps there are vectors for. Default: 0, as many as the input has.</param>
public sealed class PositionEmbeddingAttribute(int sequenceLength = 0) : EmbeddingTableAttribute(Initializer.GlorotUniform)
{
    /// <summary>The most steps there are vectors for; 0: as many as the input has.</summary>
    public int SequenceLength { get; } = sequenceLength;
}
