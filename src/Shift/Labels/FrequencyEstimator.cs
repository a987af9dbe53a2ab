using Unroll.Numerics;

namespace Unroll.Shift;

/// <summary>Estimates the target's class frequencies, for all samples and again for bootstrap samples of them.</summary>
internal sealed class FrequencyEstimator
{
    private const int BootstrapSamples = 200;
    private const double Tolerance = 1e-7;

    // Bootstrap samples differ by hundredths.
    private const double BootstrapTolerance = 1e-5;

    private readonly ClassProbabilities _validation;
    private readonly int[] _labels;
    private readonly ClassProbabilities _target;
    private readonly LabelShiftMethod _method;
    private readonly double[] _sourceFrequencies;

    public FrequencyEstimator(ClassProbabilities validation, int[] labels, ClassProbabilities target, LabelShiftMethod method)
    {
        _validation = validation;
        _labels = labels;
        _target = target;
        _method = method;
        _sourceFrequencies = new double[validation.Classes];
        foreach (int label in labels)
        {
            _sourceFrequencies[label] += 1.0 / labels.Length;
        }

        int[] once = [.. Enumerable.Repeat(1, labels.Length)];
        CalibrationCoefficients = Calibration.None(validation.Classes);
        Calibration.Fit(validation, labels, once, CalibrationCoefficients, Tolerance);
        Frequencies = _sourceFrequencies;
        Frequencies = Estimate(once, [.. Enumerable.Repeat(1, target.Count)], CalibrationCoefficients, Tolerance)
            ?? throw new InvalidOperationException("The confusion matrix cannot be inverted.");
    }

    /// <summary>Of the classes in the target.</summary>
    public double[] Frequencies { get; private set; }

    /// <summary>Of <see cref="Calibration"/>.</summary>
    public double[] CalibrationCoefficients { get; }

    /// <summary>Percentile intervals.</summary>
    public ConfidenceInterval[] Bootstrap(double confidence, RandomSource random)
    {
        int[][] rowsOfClass = [.. Enumerable.Range(0, _validation.Classes).Select(RowsOf)];
        var samples = new List<double[]>();
        for (int i = 0; i < BootstrapSamples; i++)
        {
            int[] counts = new int[_labels.Length];
            foreach (int[] rows in rowsOfClass)
            {
                foreach (int _ in rows)
                {
                    counts[rows[random.NextInt(rows.Length)]]++;
                }
            }

            int[] countsOfTarget = new int[_target.Count];
            for (int row = 0; row < countsOfTarget.Length; row++)
            {
                countsOfTarget[random.NextInt(countsOfTarget.Length)]++;
            }

            double[] coefficients = [.. CalibrationCoefficients];
            if (_method == LabelShiftMethod.ExpectationMaximization)
            {
                Calibration.Fit(_validation, _labels, counts, coefficients, 10 * BootstrapTolerance);
            }

            // Null where the sample's matrix is singular: it says nothing of the frequencies.
            if (Estimate(counts, countsOfTarget, coefficients, BootstrapTolerance) is double[] frequencies)
            {
                samples.Add(frequencies);
            }
        }

        return [.. Enumerable.Range(0, _validation.Classes).Select(k => Interval([.. samples.Select(sample => sample[k]).Order()], confidence))];

        int[] RowsOf(int k) => [.. Enumerable.Range(0, _labels.Length).Where(row => _labels[row] == k)];
    }

    private double[]? Estimate(int[] counts, int[] countsOfTarget, double[] calibration, double tolerance)
    {
        if (_method == LabelShiftMethod.ConfusionMatrix)
        {
            double[][] columns = ConfusionSystem.Columns(_validation.Answers, _labels, counts, _validation.Classes);
            return ConfusionSystem.Solve(columns, _target.Answers, countsOfTarget);
        }

        int classes = _validation.Classes;
        double[] ratios = new double[_target.Logarithms.Length];
        for (int row = 0; row < _target.Count; row++)
        {
            Span<double> ratio = ratios.AsSpan(row * classes, classes);
            Calibration.Apply(_target.Logarithms.AsSpan(row * classes, classes), calibration, default, ratio);
            for (int k = 0; k < classes; k++)
            {
                ratio[k] /= _sourceFrequencies[k];
            }
        }

        // A frequency of 0 would stay one.
        double[] frequencies = Array.ConvertAll(Frequencies, value => (value + (0.01 / classes)) / 1.01);
        ExpectationMaximization.Run(ratios, countsOfTarget, frequencies, tolerance);
        return frequencies;
    }

    private static ConfidenceInterval Interval(double[] sorted, double confidence)
    {
        double tail = (1 - confidence) / 2 * (sorted.Length - 1);
        return new ConfidenceInterval((float)At(sorted, tail), (float)At(sorted, sorted.Length - 1 - tail));
    }

    private static double At(double[] sorted, double place)
    {
        int before = (int)place;
        double rest = place - before;
        return before + 1 < sorted.Length ? (sorted[before] * (1 - rest)) + (sorted[before + 1] * rest) : sorted[before];
    }
}
