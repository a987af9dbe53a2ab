namespace Unroll.Shift;

/// <summary>Holm's correction for many tests at once.</summary>
/// <remarks>
/// The i-th smallest of k p-values is multiplied by k − i + 1, and none may be less than the one before: an adjusted value of at most α is
/// wrong anywhere among the k with probability at most α, whatever their dependence. Never weaker than Bonferroni's, which Rabanser 2019
/// uses. Source: Holm, "A simple sequentially rejective multiple test procedure", 1979.
/// </remarks>
internal static class Holm
{
    public static double[] Adjust(double[] pValues)
    {
        double[] sorted = [.. pValues];
        int[] order = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, order);
        double[] adjusted = new double[sorted.Length];
        double least = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            least = Math.Max(least, Math.Min(1, sorted[i] * (sorted.Length - i)));
            adjusted[order[i]] = least;
        }

        return adjusted;
    }
}
