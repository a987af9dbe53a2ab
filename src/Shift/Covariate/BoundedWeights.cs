namespace Unroll.Shift;

/// <summary>Weights <c>min(c·w, bound)</c> with the c that gives them mean 1.</summary>
internal static class BoundedWeights
{
    /// <param name="logarithms">log w.</param>
    /// <param name="bound">At least 1.</param>
    public static float[] FromLogarithms(double[] logarithms, double bound)
    {
        // The mean grows with c, from 0 to the bound; less than 1e-300 of the largest counts as that much.
        double largest = logarithms.Max();
        double[] relative = Array.ConvertAll(logarithms, value => Math.Max(value - largest, -690));
        double low = -Math.Log(relative.Length) - 1, high = 700 + Math.Log(bound);
        for (int i = 0; i < 200 && high - low > 1e-12; i++)
        {
            double middle = (low + high) / 2;
            bool isTooSmall = relative.Average(value => Math.Min(Math.Exp(Math.Min(value + middle, 700)), bound)) < 1;
            (low, high) = isTooSmall ? (middle, high) : (low, middle);
        }

        return Array.ConvertAll(relative, value => (float)Math.Min(Math.Exp(Math.Min(value + high, 700)), bound));
    }
}
