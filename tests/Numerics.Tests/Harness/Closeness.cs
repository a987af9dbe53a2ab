namespace Unroll.Numerics.Tests.Harness;

/// <summary>Whether single-precision results agree with a double-precision reference.</summary>
internal static class Closeness
{
    private const double Roundoff = 1.0 / (1 << 24);

    // A sum of n products in single precision strays like a random walk: by about u·√(n/2) of its typical size, u = 2⁻²⁴, and four times
    // that for the worst of thousands of elements. A value passes through at most some five sums and functions of a few ulp each before
    // it is compared, forward and backward, so 16·u·√n of the largest element is room enough; one lost term of a sum is far outside it.
    private const double Steps = 16;

    /// <param name="expected">The reference.</param>
    /// <param name="actual">The results of the model.</param>
    /// <param name="depth">The terms of the longest sum on the way.</param>
    /// <param name="what">Names the values in a failure.</param>
    /// <param name="scale">The size errors are measured against, where that is not the largest element: a term of a sum that cancels.</param>
    public static void AssertClose(double[] expected, float[] actual, int depth, string what, double scale = 0)
    {
        Assert.Equal(expected.Length, actual.Length);
        double tolerance = Steps * Roundoff * Math.Sqrt(depth) * Math.Max(scale, expected.Max(Math.Abs));
        for (int i = 0; i < expected.Length; i++)
        {
            double error = Math.Abs(expected[i] - actual[i]);
            Assert.True(
                error <= tolerance,
                FormattableString.Invariant($"{what}[{i}]: expected {expected[i]:G9}, got {actual[i]:G9}: off by {error:G3}, allowed {tolerance:G3}"));
        }
    }
}
