using System.Globalization;
using System.Text;

namespace Unroll.Shift;

/// <summary>The class frequencies of a target, and what follows from them.</summary>
public sealed class LabelShiftEstimate
{
    private readonly double[] _calibration;
    private readonly bool _isSingle;

    internal LabelShiftEstimate(
        LabelShiftMethod method,
        float confidence,
        float[] sourceFrequencies,
        float[] frequencies,
        ConfidenceInterval[] intervals,
        double[] calibration,
        bool isSingle,
        float pValue)
    {
        Method = method;
        Confidence = confidence;
        SourceFrequencies = Array.AsReadOnly(sourceFrequencies);
        Frequencies = Array.AsReadOnly(frequencies);
        Interval = Array.AsReadOnly(intervals);
        Weights = Array.AsReadOnly([.. frequencies.Select((frequency, k) => frequency / sourceFrequencies[k])]);
        PValue = pValue;
        _calibration = calibration;
        _isSingle = isSingle;
    }

    /// <summary>How they were estimated.</summary>
    public LabelShiftMethod Method { get; }

    /// <summary>The probability with which an interval covers the true frequency.</summary>
    public float Confidence { get; }

    /// <summary>The frequency of each class in the validation data, p(y).</summary>
    public IReadOnlyList<float> SourceFrequencies { get; }

    /// <summary>The estimated frequency of each class in the target, q(y); they sum to 1.</summary>
    public IReadOnlyList<float> Frequencies { get; }

    /// <summary>The confidence interval of each frequency.</summary>
    public IReadOnlyList<ConfidenceInterval> Interval { get; }

    /// <summary>q(y)/p(y) of each class: what its training samples should count, as the class weights of <c>Fit</c>.</summary>
    public IReadOnlyList<float> Weights { get; }

    /// <summary>The probability of answers at least as different as those for target and validation data where no frequency moved.</summary>
    /// <remarks>Pearson's test of homogeneity on the classifier's answers (Lipton 2018, section 4).</remarks>
    public float PValue { get; }

    /// <summary>Whether the frequencies moved: the p-value is at most 1 − <see cref="Confidence"/>.</summary>
    public bool IsShifted => PValue <= 1 - Confidence;

    /// <summary>The classifier's probabilities under the target's frequencies.</summary>
    /// <param name="probabilities">Outputs of the classifier, as many rows as there are.</param>
    /// <returns>As many values, rows of probabilities.</returns>
    /// <remarks>
    /// <c>q(y|x) ∝ q(y)/p(y)·f(x)</c> with f the probabilities after the calibration of the estimate, by either method: the correction holds for
    /// calibrated ones only. Source: Saerens, Latinne and Decaestecker 2002, equation 2.4.
    /// </remarks>
    /// <exception cref="ArgumentException">The length is no multiple of the classifier's outputs, or a row is not one of probabilities.</exception>
    public float[] Correct(ReadOnlySpan<float> probabilities)
    {
        int classes = Frequencies.Count;
        int width = _isSingle ? 1 : classes;
        if (probabilities.Length == 0 || probabilities.Length % width != 0)
        {
            throw new ArgumentException(
                $"Expected a positive multiple of {width} probabilities, but got {probabilities.Length}.", nameof(probabilities));
        }

        ClassProbabilities rows = ClassProbabilities.From(probabilities, probabilities.Length / width, nameof(probabilities));
        double[] offsets = [.. Weights.Select(static weight => Math.Log(Math.Max(weight, 1e-30)))];
        double[] corrected = new double[classes];
        float[] result = new float[probabilities.Length];
        for (int row = 0; row < rows.Count; row++)
        {
            Calibration.Apply(rows.Logarithms.AsSpan(row * classes, classes), _calibration, offsets, corrected);
            for (int k = 0; k < width; k++)
            {
                result[(row * width) + k] = (float)corrected[_isSingle ? 1 : k];
            }
        }

        return result;
    }

    /// <summary>A verdict, and a line for each class: its frequency before and now, the interval, the weight.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"label shift: {(IsShifted ? "yes" : "none found")} (p {(PValue < 0.0001f ? "<" : "=")} {Math.Max(PValue, 0.0001f):0.0000})\n");
        text.Append(CultureInfo.InvariantCulture, $"  class  source  target  {100 * Confidence:0.#} % interval  weight\n");
        for (int k = 0; k < Frequencies.Count; k++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"  {k,5}  {SourceFrequencies[k],6:0.000}  {Frequencies[k],6:0.000}  {Interval[k].Lower,5:0.000} to {Interval[k].Upper,5:0.000}  {Weights[k],6:0.00}\n");
        }

        return text.ToString().TrimEnd();
    }
}
