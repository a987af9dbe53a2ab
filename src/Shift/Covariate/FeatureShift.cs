namespace Unroll.Shift;

/// <summary>How one feature moved from source to target.</summary>
public sealed class FeatureShift
{
    internal FeatureShift()
    {
    }

    /// <summary>Its place in a sample, from 0.</summary>
    public int Index { get; internal init; }

    /// <summary>The name it was given, or <c>feature 2</c>.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>The p-value of this feature's test alone.</summary>
    public float PValue { get; internal init; }

    /// <summary>The p-value corrected for the number of features (Holm).</summary>
    public float AdjustedPValue { get; internal init; }

    /// <summary>Whether the corrected p-value is at most half the level of the report.</summary>
    public bool IsShifted { get; internal init; }

    /// <summary>The largest difference of the two distribution functions, from 0 to 1 (Kolmogorov and Smirnov).</summary>
    public float Statistic { get; internal init; }

    /// <summary>The mean over the source.</summary>
    public float SourceMean { get; internal init; }

    /// <summary>The mean over the target.</summary>
    public float TargetMean { get; internal init; }

    /// <summary>The standard deviation over the source (of the population).</summary>
    public float SourceDeviation { get; internal init; }

    /// <summary>The standard deviation over the target (of the population).</summary>
    public float TargetDeviation { get; internal init; }

    /// <summary>By how many standard deviations of the source the mean moved; infinite where the source is constant and the target's mean another.</summary>
    public float MeanShift => TargetMean == SourceMean ? 0f : (TargetMean - SourceMean) / SourceDeviation;
}
