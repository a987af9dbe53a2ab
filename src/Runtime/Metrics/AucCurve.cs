namespace Unroll;

/// <summary>The curve whose area <see cref="AUC"/> measures.</summary>
public enum AucCurve
{
    /// <summary>Receiver operating characteristic: the rate of true positives over the rate of false positives.</summary>
    Roc,

    /// <summary>Precision over recall.</summary>
    PrecisionRecall,
}
