using Unroll.Numerics;

namespace Unroll.Runtime.Tests.Numerics;

public sealed class ContractionTests
{
    private const int Samples = 2;
    private const int Stride = 48;

    /// <summary>The elements of an axis one after another in two values, in one, in all or in none, and sizes on either side of a vector's.</summary>
    /// <param name="sizes">Of the axes m, n, k.</param>
    /// <param name="a">Strides.</param>
    /// <param name="b">Strides.</param>
    /// <param name="order">The axes, the innermost last.</param>
    [Theory]
    [InlineData(new[] { 3, 4, 37 }, new[] { Stride, 0, 1 }, new[] { 0, Stride, 1 }, new[] { 0, 1, 2 })]
    [InlineData(new[] { 3, 37, 4 }, new[] { Stride, 0, 1 }, new[] { 0, 1, Stride }, new[] { 0, 2, 1 })]
    [InlineData(new[] { 3, 37, 4 }, new[] { 1, 0, Stride }, new[] { 0, 1, Stride }, new[] { 2, 0, 1 })]
    [InlineData(new[] { 3, 37, 4 }, new[] { 0, 1, Stride }, new[] { 1, 0, Stride }, new[] { 2, 0, 1 })]
    [InlineData(new[] { 3, 4, 5 }, new[] { Stride, 0, 2 }, new[] { 0, Stride, 3 }, new[] { 0, 1, 2 })]
    [InlineData(new[] { 5, 4, 3 }, new[] { 2, 0, Stride }, new[] { 0, Stride, 3 }, new[] { 1, 2, 0 })]
    [InlineData(new[] { 3, 4, 5 }, new[] { 1, 0, Stride }, new[] { 0, Stride, 1 }, new[] { 0, 1, 2 })]
    [InlineData(new[] { 1, 1, 1 }, new[] { 1, 0, 1 }, new[] { 0, 1, 1 }, new[] { 0, 1, 2 })]
    [InlineData(new[] { 3, 37, 1 }, new[] { 0, 1, 0 }, new[] { 0, 1, 0 }, new[] { 0, 2, 1 })]
    public void IsTheSumOfTheProductsOverAllPoints(int[] sizes, int[] a, int[] b, int[] order)
    {
        int[] y = [Stride, 1, 0];
        var random = new Random(5);
        const int Floats = Stride * Stride;
        float[] x = [.. Enumerable.Range(0, Samples * Floats).Select(_ => random.NextSingle() - 0.5f)];
        float[] shared = [.. Enumerable.Range(0, Floats).Select(_ => random.NextSingle() - 0.5f)];
        float[] sums = [.. Enumerable.Repeat(float.NaN, Samples * Floats)];
        float one = float.NaN;
        double[] expected = new double[sums.Length];
        for (int sample = 0; sample < Samples; sample++)
        {
            for (int m = 0; m < sizes[0]; m++)
            {
                for (int n = 0; n < sizes[1]; n++)
                {
                    for (int k = 0; k < sizes[2]; k++)
                    {
                        double left = x[(sample * Floats) + (m * a[0]) + (n * a[1]) + (k * a[2])];
                        expected[(sample * Floats) + (m * y[0]) + n] += left * shared[(m * b[0]) + (n * b[1]) + (k * b[2])];
                    }
                }
            }
        }

        int[] Ordered(int[] strides) => [.. order.Select(axis => strides[axis])];
        Contraction.Run(
            ref x[0], ref shared[0], ref sums[0], Samples, Ordered(sizes), Ordered(a), Ordered(b), Ordered(y), Floats, 0, Floats);

        Contraction.Run(ref x[0], ref shared[0], ref one, 1, [], [], [], [], 1, 1, 1);

        Assert.Equal(x[0] * shared[0], one);
        Assert.All(expected.Zip(sums), static pair => Assert.Equal(pair.First, pair.Second, 5e-6));
    }
}
