namespace Unroll.Shift;

/// <summary>The one-sided rank test of Mann and Whitney: are the scores of one sample larger than those of another?</summary>
/// <remarks>
/// <c>AUC = P(b &gt; a) + ½·P(b = a)</c> over pairs of a score of each; under the hypothesis of one distribution it is ½, and <c>U = nm·AUC</c>
/// is normal with variance <c>nm/12·(N + 1 − Σ(t³ − t)/(N(N − 1)))</c>, t the sizes of tied runs, with continuity correction. Good from
/// some ten scores a sample on. Source: Mann and Whitney, "On a test of whether one of two random variables is stochastically larger than
/// the other", 1947.
/// </remarks>
internal static class MannWhitney
{
    public static (double AreaUnderCurve, double PValue) Test(float[] lower, float[] upper)
    {
        float[] values = [.. lower, .. upper];
        bool[] isUpper = new bool[values.Length];
        Array.Fill(isUpper, true, lower.Length, upper.Length);
        Array.Sort(values, isUpper);
        double ranks = 0, ties = 0;
        for (int start = 0, end; start < values.Length; start = end)
        {
            int uppers = 0;
            for (end = start; end < values.Length && values[end] == values[start]; end++)
            {
                uppers += isUpper[end] ? 1 : 0;
            }

            double size = end - start;
            ranks += uppers * ((start + 1 + end) / 2.0);
            ties += (size * size * size) - size;
        }

        double n = lower.Length, m = upper.Length, total = n + m;
        double u = ranks - (m * (m + 1) / 2);
        double variance = n * m / 12 * (total + 1 - (ties / (total * (total - 1))));
        double z = variance > 0 ? (u - (n * m / 2) - 0.5) / Math.Sqrt(variance) : 0;
        return (u / (n * m), Distributions.NormalUpper(z));
    }
}
