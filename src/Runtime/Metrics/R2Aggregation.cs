namespace Unroll;

/// <summary>How the scores of several outputs become one <see cref="R2Score"/>.</summary>
public enum R2Aggregation
{
    /// <summary>The mean over the outputs.</summary>
    UniformAverage,

    /// <summary>The mean over the outputs, each weighted by the variance of its targets.</summary>
    VarianceWeightedAverage,
}
