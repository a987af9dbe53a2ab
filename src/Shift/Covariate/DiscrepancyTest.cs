using Unroll.Numerics;

namespace Unroll.Shift;

/// <summary>The maximum mean discrepancy of standardized rows, with its permutation test.</summary>
internal static class DiscrepancyTest
{
    private const int MostRows = 500;
    private const int LeastPermutations = 499;
    private const int MostPermutations = 9999;

    public static DiscrepancyTwoSampleTest Run(Dataset source, Dataset target, float level, RandomSource random)
    {
        // The least p-value, 1/(permutations + 1), is to be half of what is significant: a quarter of the level.
        int permutations = Math.Clamp((int)Math.Min(8 / level, MostPermutations), LeastPermutations, MostPermutations);
        var standardization = new Standardization(source, target);
        int first = Math.Min(source.Count, MostRows), second = Math.Min(target.Count, MostRows);
        int width = source.FeatureSize;
        float[] rows = new float[(first + second) * width];
        Fill(source, standardization, rows.AsSpan(0, first * width), random);
        Fill(target, standardization, rows.AsSpan(first * width), random);
        (double statistic, double p) = MaximumMeanDiscrepancy.Test(rows, width, first, permutations, random);
        return new DiscrepancyTwoSampleTest((float)statistic, (float)p);
    }

    private static void Fill(Dataset data, Standardization standardization, Span<float> rows, RandomSource random)
    {
        int width = data.FeatureSize;
        int[] order = new int[data.Count];
        random.Permute(order);
        for (int i = 0; i < rows.Length / width; i++)
        {
            standardization.Apply(data.FeaturesOf(order[i]), rows.Slice(i * width, width));
        }
    }
}
