namespace Unroll.Shift;

/// <summary>The class frequencies under which the target's predictions are most likely.</summary>
/// <remarks>
/// From q = p, repeats <c>q ← mean over the target of q·(f/p) / Σₖ qₖ·(fₖ/pₖ)</c>, f the calibrated probabilities of a sample and p the frequencies
/// they were calibrated on: the expectation of the unknown labels, then the frequencies that these make likely. The likelihood is concave
/// and grows with every round. Source: Saerens, Latinne and Decaestecker, "Adjusting the outputs of a classifier to new a priori
/// probabilities", 2002.
/// </remarks>
internal static class ExpectationMaximization
{
    private const int MaxRounds = 2000;

    /// <param name="ratios">f/p of each sample, a row each.</param>
    /// <param name="counts">How often each sample counts.</param>
    /// <param name="frequencies">q: where to begin, and where it ended.</param>
    /// <param name="tolerance">The largest change of a frequency to end at.</param>
    public static void Run(double[] ratios, int[] counts, double[] frequencies, double tolerance)
    {
        int classes = frequencies.Length;
        double total = counts.Sum();
        double[] next = new double[classes];
        for (int round = 0; round < MaxRounds; round++)
        {
            Array.Clear(next);
            for (int row = 0; row < counts.Length; row++)
            {
                ReadOnlySpan<double> ratio = ratios.AsSpan(row * classes, classes);
                double evidence = 0;
                for (int k = 0; k < classes; k++)
                {
                    evidence += frequencies[k] * ratio[k];
                }

                double scale = counts[row] / (evidence * total);
                for (int k = 0; k < classes; k++)
                {
                    next[k] += frequencies[k] * ratio[k] * scale;
                }
            }

            double change = 0;
            for (int k = 0; k < classes; k++)
            {
                change = Math.Max(change, Math.Abs(next[k] - frequencies[k]));
            }

            next.CopyTo(frequencies, 0);
            if (change < tolerance)
            {
                return;
            }
        }
    }
}
