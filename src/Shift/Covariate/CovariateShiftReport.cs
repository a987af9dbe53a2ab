namespace Unroll.Shift;

/// <summary>What <see cref="CovariateShift.Test"/> found. <see cref="ToString"/> is the report in words.</summary>
public sealed class CovariateShiftReport
{
    internal CovariateShiftReport(
        int sourceCount,
        int targetCount,
        float level,
        IReadOnlyList<FeatureShift> features,
        ClassifierTwoSampleTest classifier,
        DiscrepancyTwoSampleTest discrepancy)
    {
        SourceCount = sourceCount;
        TargetCount = targetCount;
        Level = level;
        Features = features;
        Classifier = classifier;
        Discrepancy = discrepancy;
        JointPValue = Math.Min(1f, 2 * Math.Min(classifier.PValue, discrepancy.PValue));
        IsShifted = JointPValue <= level / 2 || features.Any(static feature => feature.IsShifted);
    }

    /// <summary>The rows of the source.</summary>
    public int SourceCount { get; }

    /// <summary>The rows of the target.</summary>
    public int TargetCount { get; }

    /// <summary>The probability that <see cref="IsShifted"/> is true where nothing moved is at most this.</summary>
    public float Level { get; }

    /// <summary>Whether a feature moved, or the rows as wholes: <see cref="JointPValue"/> at most half the level.</summary>
    public bool IsShifted { get; }

    /// <summary>Of the two tests of whole rows together: twice the lesser p-value, at most 1.</summary>
    public float JointPValue { get; }

    /// <summary>The test by a classifier.</summary>
    public ClassifierTwoSampleTest Classifier { get; }

    /// <summary>The test by the maximum mean discrepancy.</summary>
    public DiscrepancyTwoSampleTest Discrepancy { get; }

    /// <summary>What each feature did, in the order of the features.</summary>
    public IReadOnlyList<FeatureShift> Features { get; }

    /// <summary>A verdict, the joint tests, and a line for each feature that moved, the surest first.</summary>
    public override string ToString() => CovariateShiftText.Of(this);
}
