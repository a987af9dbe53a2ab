namespace Unroll.Benchmarks;

/// <summary>What is compared.</summary>
internal enum WorkKind
{
    /// <summary>Outputs of a batch.</summary>
    Predict,

    /// <summary>One training step.</summary>
    Train,

    /// <summary>One pass over a data set in minibatches.</summary>
    Epoch,
}
