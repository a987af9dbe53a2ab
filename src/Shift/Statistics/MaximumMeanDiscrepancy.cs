using Unroll.Numerics;

namespace Unroll.Shift;

/// <summary>The kernel two-sample test: do two samples of vectors come from one distribution?</summary>
/// <remarks>
/// <para><c>MMD² = mean k(x, x′) + mean k(y, y′) − 2·mean k(x, y)</c>, the first two over pairs of different rows (the unbiased estimate),
/// with <c>k(x, y) = exp(−|x − y|²/(2s²))</c> and s the median distance of two pooled rows. It is 0 on average where the distributions are the
/// same, and with this kernel only there. Source: Gretton et al., "A kernel two-sample test", 2012, equation 3.</para>
/// <para>The p-value is that of a permutation test: the share of random divisions of the pooled rows, the given one included, whose MMD² is
/// at least as large. It is exact for independent rows.</para>
/// </remarks>
internal static class MaximumMeanDiscrepancy
{
    /// <param name="rows">The rows of the first sample, then those of the second, row-major.</param>
    /// <param name="width">The values in a row.</param>
    /// <param name="first">The number of rows of the first sample, at least 2.</param>
    /// <param name="permutations">How many divisions to draw.</param>
    /// <param name="random">Draws them.</param>
    public static (double Statistic, double PValue) Test(float[] rows, int width, int first, int permutations, RandomSource random)
    {
        int count = rows.Length / width;
        float[] kernel = Kernel(rows, width, count);
        double[] sums = new double[count];
        for (int i = 0; i < count; i++)
        {
            sums[i] = Sum(kernel.AsSpan(i * count, count)) - 1;
        }

        int[] order = [.. Enumerable.Range(0, count)];
        float[] isFirst = new float[count];
        double statistic = Statistic(kernel, sums, order, first, isFirst);
        int reached = 1;
        for (int p = 0; p < permutations; p++)
        {
            random.Permute(order);

            // Equal divisions differ in the last bits of their sums.
            reached += Statistic(kernel, sums, order, first, isFirst) >= statistic - 1e-9 ? 1 : 0;
        }

        return (statistic, (double)reached / (permutations + 1));
    }

    private static double Statistic(float[] kernel, double[] sums, int[] order, int first, float[] isFirst)
    {
        int count = order.Length;
        double n = first, m = count - first;
        Array.Clear(isFirst);
        foreach (int row in order.AsSpan(0, first))
        {
            isFirst[row] = 1;
        }

        double within = 0, rowsOfFirst = 0, all = 0;
        foreach (int row in order.AsSpan(0, first))
        {
            within += VectorProduct.Dot(kernel.AsSpan(row * count, count), isFirst) - 1;
            rowsOfFirst += sums[row];
        }

        foreach (double sum in sums)
        {
            all += sum;
        }

        double across = rowsOfFirst - within;
        double withinSecond = all - rowsOfFirst - across;
        return (within / (n * (n - 1))) + (withinSecond / (m * (m - 1))) - (2 * across / (n * m));
    }

    private static float[] Kernel(float[] rows, int width, int count)
    {
        float[] kernel = new float[count * count];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                kernel[(i * count) + j] = SquaredDistance.Of(rows.AsSpan(i * width, width), rows.AsSpan(j * width, width));
            }
        }

        float scale = -1 / (2 * SquaredDistance.Median(kernel, count));
        for (int i = 0; i < count; i++)
        {
            kernel[(i * count) + i] = 1;
            for (int j = 0; j < i; j++)
            {
                kernel[(i * count) + j] = kernel[(j * count) + i] = MathF.Exp(scale * kernel[(i * count) + j]);
            }
        }

        return kernel;
    }

    private static double Sum(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
        {
            sum += value;
        }

        return sum;
    }
}
