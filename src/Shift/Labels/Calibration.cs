namespace Unroll.Shift;

/// <summary>Bias-corrected temperature scaling: <c>softmax(a·log p + b)</c>, with the a and b that make the labels most likely.</summary>
/// <remarks>
/// Minimizes the mean negative log-likelihood of the labels plus <c>10⁻⁴/2·((a − 1)² + |b|²)</c>, which keeps it bounded where the classes
/// are told apart without a mistake. b makes the mean probabilities those of the labels, which EM relies on. Source: Alexandari, Kundaje and
/// Shrikumar, "Maximum likelihood with bias-corrected calibration is hard-to-beat at label shift adaptation", 2020.
/// </remarks>
internal static class Calibration
{
    private const double Penalty = 1e-4;
    private const int MaxSteps = 200;

    /// <summary>a = 1 and b = 0: the probabilities as they are.</summary>
    public static double[] None(int classes) => [1, .. new double[classes]];

    /// <summary>a and then b, moved from where they are to the best.</summary>
    /// <param name="predictions">Of the samples.</param>
    /// <param name="labels">Of the samples.</param>
    /// <param name="counts">How often each sample counts.</param>
    /// <param name="coefficients">a and then b.</param>
    /// <param name="tolerance">The largest entry of the gradient to end at.</param>
    public static void Fit(ClassProbabilities predictions, int[] labels, int[] counts, double[] coefficients, double tolerance)
    {
        int classes = predictions.Classes;
        double total = counts.Sum();
        double[] probabilities = new double[classes];
        Lbfgs.Minimize(Evaluate, coefficients, tolerance, MaxSteps);

        double Evaluate(ReadOnlySpan<double> x, Span<double> gradient)
        {
            gradient.Clear();
            double value = 0;
            for (int row = 0; row < labels.Length; row++)
            {
                if (counts[row] == 0)
                {
                    continue;
                }

                ReadOnlySpan<double> logarithms = predictions.Logarithms.AsSpan(row * classes, classes);
                double share = counts[row] / total;
                double normalization = Apply(logarithms, x, default, probabilities);

                // Not the logarithm of the probability, which may have rounded to 0.
                value += share * (normalization - (x[0] * logarithms[labels[row]]) - x[1 + labels[row]]);
                for (int k = 0; k < classes; k++)
                {
                    double pull = share * (probabilities[k] - (k == labels[row] ? 1 : 0));
                    gradient[0] += pull * logarithms[k];
                    gradient[1 + k] += pull;
                }
            }

            for (int i = 0; i < x.Length; i++)
            {
                double distance = i == 0 ? x[0] - 1 : x[i];
                value += Penalty / 2 * distance * distance;
                gradient[i] += Penalty * distance;
            }

            return value;
        }
    }

    /// <summary>The calibrated probabilities of a row.</summary>
    /// <param name="logarithms">Of the classifier's probabilities.</param>
    /// <param name="coefficients">a and then b.</param>
    /// <param name="offsets">Added to a·log p + b; empty: none.</param>
    /// <param name="probabilities">Receives the probabilities.</param>
    /// <returns>The logarithm of what they were divided by to sum to 1.</returns>
    public static double Apply(
        ReadOnlySpan<double> logarithms, ReadOnlySpan<double> coefficients, ReadOnlySpan<double> offsets, Span<double> probabilities)
    {
        double largest = double.NegativeInfinity, sum = 0;
        for (int k = 0; k < probabilities.Length; k++)
        {
            probabilities[k] = (coefficients[0] * logarithms[k]) + coefficients[1 + k] + (offsets.IsEmpty ? 0 : offsets[k]);
            largest = Math.Max(largest, probabilities[k]);
        }

        for (int k = 0; k < probabilities.Length; k++)
        {
            probabilities[k] = Math.Exp(probabilities[k] - largest);
            sum += probabilities[k];
        }

        for (int k = 0; k < probabilities.Length; k++)
        {
            probabilities[k] /= sum;
        }

        return largest + Math.Log(sum);
    }
}
