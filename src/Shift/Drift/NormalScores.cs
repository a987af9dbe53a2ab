namespace Unroll.Shift;

/// <summary>Scores of the intervals of a variable: as if it were normal, whatever it is.</summary>
/// <remarks>
/// Where the distribution function rises from F to G over an interval, a standard normal Z lies between its quantiles a and b of F and G with the
/// same probability. The score of place is <c>E[Z | a &lt; Z &lt; b] = (φ(a) − φ(b))/(G − F)</c>, that of spread is
/// <c>E[Z² | a &lt; Z &lt; b] = 1 + (a·φ(a) − b·φ(b))/(G − F)</c>; each is then shifted and scaled to mean 0 and variance 1 over the reference. So
/// the distribution of scores without drift is known exactly. Source: van der Waerden, "Order tests for the two-sample problem", 1952.
/// </remarks>
internal static class NormalScores
{
    /// <summary>A score for each interval that grows with the value.</summary>
    public static double[] OfPlace(double[] masses) => Standardize(masses, Raw(masses, static (quantile, density) => density));

    /// <summary>A score for each interval that grows with the distance from the middle.</summary>
    public static double[] OfSpread(double[] masses) => Standardize(masses, Raw(masses, static (quantile, density) => quantile * density));

    private static double[] Raw(double[] masses, Func<double, double, double> antiderivative)
    {
        double[] scores = new double[masses.Length];
        double below = 0, before = 0;
        for (int bin = 0; bin < scores.Length; bin++)
        {
            below += masses[bin];
            double after = 0;
            if (bin < scores.Length - 1)
            {
                double quantile = Distributions.NormalQuantile(Math.Min(below, 1 - 1e-15));
                after = antiderivative(quantile, Distributions.NormalDensity(quantile));
            }

            scores[bin] = (before - after) / masses[bin];
            before = after;
        }

        return scores;
    }

    /// <summary>Mean 0 and variance 1; all 0 where there is no variance to speak of.</summary>
    private static double[] Standardize(double[] masses, double[] scores)
    {
        double mean = 0, variance = 0;
        for (int bin = 0; bin < scores.Length; bin++)
        {
            mean += masses[bin] * scores[bin];
        }

        for (int bin = 0; bin < scores.Length; bin++)
        {
            variance += masses[bin] * (scores[bin] - mean) * (scores[bin] - mean);
        }

        double scale = variance > 1e-12 ? 1 / Math.Sqrt(variance) : 0;
        return Array.ConvertAll(scores, score => (score - mean) * scale);
    }
}
