namespace Unroll.Shift;

/// <summary>How <see cref="LabelShift.Estimate"/> finds the frequencies of the classes.</summary>
public enum LabelShiftMethod
{
    /// <summary>The likelihood of the target is maximized over the frequencies, with calibrated probabilities. The more accurate of the two
    /// where calibration succeeds.</summary>
    ExpectationMaximization,

    /// <summary>The confusion matrix is inverted. Needs no calibrated probabilities, only answers.</summary>
    ConfusionMatrix,
}
