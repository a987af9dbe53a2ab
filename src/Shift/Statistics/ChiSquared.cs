namespace Unroll.Shift;

/// <summary>Pearson's test of homogeneity: do two samples of counts have the same frequencies?</summary>
/// <remarks>
/// <c>X² = Σ (observed − expected)²/expected</c> over both samples and the categories that occur, χ² with one degree of freedom less than
/// those. Good where expected counts are five and more. Source: Pearson, "On the probability that two independent distributions of
/// frequency are really samples from the same population", 1911.
/// </remarks>
internal static class ChiSquared
{
    public static (double Statistic, double PValue) Test(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        double n = 0, m = 0;
        for (int k = 0; k < first.Length; k++)
        {
            n += first[k];
            m += second[k];
        }

        double statistic = 0;
        int categories = 0;
        for (int k = 0; k < first.Length; k++)
        {
            double share = (first[k] + second[k]) / (n + m);
            if (share > 0)
            {
                categories++;
                statistic += Square(first[k] - (n * share)) / (n * share);
                statistic += Square(second[k] - (m * share)) / (m * share);
            }
        }

        return (statistic, categories > 1 ? Distributions.ChiSquaredUpper(statistic, categories - 1) : 1);
    }

    private static double Square(double x) => x * x;
}
