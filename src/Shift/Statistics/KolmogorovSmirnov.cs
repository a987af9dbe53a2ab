namespace Unroll.Shift;

/// <summary>The two-sample test of Kolmogorov and Smirnov: do two samples of one variable come from one distribution?</summary>
/// <remarks>
/// <para><c>D = max |F(x) − G(x)|</c> over the two empirical distribution functions. Assumes independent draws; sees any difference.</para>
/// <para>Up to a million pairs of values the p-value is exact given the pooled values, ties included: all orders of the pooled sample are
/// equally likely, and those whose distance reaches D are counted along lattice paths, ends of tied runs only (Schröer and Trenkler,
/// "Exact and randomization distributions of Kolmogorov-Smirnov tests", 1995). Beyond, it is Kolmogorov's limit at
/// <c>(√e + 0.12 + 0.11/√e)·D</c> with <c>e = nm/(n + m)</c> (Stephens, "Use of the Kolmogorov-Smirnov, Cramer-von Mises and related
/// statistics", 1970), which is on the safe side where values are tied.</para>
/// </remarks>
internal static class KolmogorovSmirnov
{
    private const long MostPairs = 1_000_000;

    /// <param name="first">Sorted.</param>
    /// <param name="second">Sorted.</param>
    public static (double Statistic, double PValue) Test(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        bool[] ends = new bool[first.Length + second.Length + 1];
        long gap = GreatestGap(first, second, ends);
        double statistic = gap / ((double)first.Length * second.Length);
        if (gap == 0)
        {
            return (0, 1);
        }

        double p = (long)first.Length * second.Length <= MostPairs
            ? ExactTail(first.Length, second.Length, gap, ends)
            : Limit(first.Length, second.Length, statistic);
        return (statistic, Math.Clamp(p, 0, 1));
    }

    /// <summary>The p-value in the limit of large samples.</summary>
    public static double Limit(int first, int second, double statistic)
    {
        double root = Math.Sqrt((double)first * second / ((double)first + second));
        return Distributions.KolmogorovUpper((root + 0.12 + (0.11 / root)) * statistic);
    }

    /// <summary>max |i·m − j·n| after each run of equal values; notes in <paramref name="ends"/> where in the pooled order runs end.</summary>
    private static long GreatestGap(ReadOnlySpan<float> first, ReadOnlySpan<float> second, bool[] ends)
    {
        long gap = 0;
        int i = 0, j = 0;
        while (i < first.Length || j < second.Length)
        {
            float value = j == second.Length || (i < first.Length && first[i] <= second[j]) ? first[i] : second[j];
            while (i < first.Length && first[i] == value)
            {
                i++;
            }

            while (j < second.Length && second[j] == value)
            {
                j++;
            }

            ends[i + j] = true;
            gap = Math.Max(gap, Math.Abs(((long)i * second.Length) - ((long)j * first.Length)));
        }

        return gap;
    }

    /// <summary>The share of all orders whose greatest gap is at least this one.</summary>
    /// <remarks>
    /// A random order that passes (i, j) came from (i−1, j) with probability i/(i+j). So
    /// <c>p(i, j) = i/(i+j)·p(i−1, j) + j/(i+j)·p(i, j−1)</c> is the chance that the gap was reached on the way, 1 where it is reached.
    /// </remarks>
    private static double ExactTail(int n, int m, long gap, bool[] ends)
    {
        double[] inverse = new double[n + m + 1];
        for (int s = 1; s < inverse.Length; s++)
        {
            inverse[s] = 1.0 / s;
        }

        double[] p = new double[m + 1];
        for (int i = 0; i <= n; i++)
        {
            long distance = (long)i * m;
            double left = 0;
            for (int j = 0; j <= m; j++, distance -= n)
            {
                left = ends[i + j] && Math.Abs(distance) >= gap ? 1 : ((i * p[j]) + (j * left)) * inverse[i + j];
                p[j] = left;
            }
        }

        return p[m];
    }
}
