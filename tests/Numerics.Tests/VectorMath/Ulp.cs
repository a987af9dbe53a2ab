namespace Unroll.Numerics.Tests;

internal static class Ulp
{
    private static readonly double TwoTo128 = Math.ScaleB(1, 128);

    /// <summary>|actual - expected| in units in the last place of a float as large as <paramref name="expected"/>.</summary>
    public static double Distance(float actual, double expected)
    {
        if (double.IsNaN(expected) || float.IsNaN(actual))
        {
            return double.IsNaN(expected) && float.IsNaN(actual) ? 0 : double.PositiveInfinity;
        }

        // Beyond the largest float, infinity is the right answer and stands for the next power of two.
        double target = Math.Clamp(expected, -TwoTo128, TwoTo128);
        double value = float.IsInfinity(actual) ? Math.CopySign(TwoTo128, actual) : actual;
        return Math.Abs(value - target) / Size(target);
    }

    /// <summary>The spacing of floats at <paramref name="value"/>; at least that of the denormals.</summary>
    public static double Size(double value) =>
        Math.ScaleB(1, Math.Max(value == 0 ? -126 : Math.Min(Math.ILogB(value), 127), -126) - 23);
}
