namespace Unroll;

/// <summary>A trained vector for each id: <c>y = embeddings[id]</c>.</summary>
/// <remarks>
/// <para>Input <c>[...]</c>, output <c>[..., outputDim]</c>. Parameter: <c>embeddings</c> [inputDim, outputDim].</para>
/// <para>The ids are the values of an input of the network, as they are or reshaped: whole numbers in 0..inputDim − 1. <c>Fit</c>,
/// <c>Evaluate</c>, <c>ComputeGradients</c>, <c>Activations</c> and <c>Predict</c> refuse all others before anything is computed, and say where
/// they stand. A network whose one input is read so has <c>Predict(ReadOnlySpan&lt;int&gt;)</c> as well.</para>
/// <para>Only the rows whose ids occur in a batch have a gradient; what came back to a row is added in the order of the batch.</para>
/// <para>Penalties are added to the training loss: <c>L1·Σ|w| + L2·Σw²</c>.</para>
/// <para>Definition and defaults are those of <c>keras.layers.Embedding</c> (Keras 3), but for ids out of range: Keras on PyTorch lets −1 be
/// the last row and cuts fractions off.</para>
/// </remarks>
/// <example>
/// <code>
/// [Network(80)]
/// [Embedding(5000, 32)]     // 80 → 80 × 32: 5000·32 parameters
/// </code>
/// </example>
/// <param name="inputDim">The number of ids, at least 1 and at most 2²⁴.</param>
/// <param name="outputDim">The size of a vector, at least 1.</param>
public sealed class EmbeddingAttribute(int inputDim, int outputDim) : EmbeddingTableAttribute(Initializer.RandomUniform)
{
    /// <summary>The number of ids.</summary>
    public int InputDim { get; } = inputDim;

    /// <summary>The size of a vector.</summary>
    public int OutputDim { get; } = outputDim;

    /// <summary>Whether id 0 is padding: its steps are masked for the layers behind. The ids are one sequence then. Default: false.</summary>
    public bool MaskZero { get; set; }
}
