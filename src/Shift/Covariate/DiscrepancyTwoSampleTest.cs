namespace Unroll.Shift;

/// <summary>The squared maximum mean discrepancy of target and source, unbiased: near 0, on either side, where they are the same.</summary>
/// <param name="Statistic"><c>mean k(x, x′) + mean k(y, y′) − 2·mean k(x, y)</c> with a Gaussian kernel of the median distance.</param>
/// <param name="PValue">The share of random divisions of the pooled rows whose statistic is at least as large.</param>
public sealed record DiscrepancyTwoSampleTest(float Statistic, float PValue);
