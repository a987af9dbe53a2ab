namespace Unroll.Shift;

/// <summary>Tails of the distributions that the tests refer to.</summary>
internal static class Distributions
{
    /// <summary>P(Z ≥ z) of the standard normal distribution: ½·erfc(z/√2), where erfc(x) = Q(½, x²) for x ≥ 0.</summary>
    public static double NormalUpper(double z)
    {
        double tail = 0.5 * IncompleteGamma.Upper(0.5, z * z / 2);
        return z >= 0 ? tail : 1 - tail;
    }

    /// <summary>P(Z ≤ z) of the standard normal distribution.</summary>
    public static double NormalLower(double z) => NormalUpper(-z);

    /// <summary>The density of the standard normal distribution.</summary>
    public static double NormalDensity(double z) => Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);

    /// <summary>The z with P(Z ≤ z) = p, by bisection: once a chart, so simplicity wins over speed.</summary>
    public static double NormalQuantile(double p)
    {
        double low = -40, high = 40;
        while (high - low > 1e-13 * Math.Max(1, Math.Abs(low)))
        {
            double middle = (low + high) / 2;
            bool isBelow = p < 0.5 ? NormalLower(middle) < p : NormalUpper(middle) > 1 - p;
            (low, high) = isBelow ? (middle, high) : (low, middle);
            if (middle == low && middle == high)
            {
                break;
            }
        }

        return (low + high) / 2;
    }

    /// <summary>P(X ≥ x) of the χ² distribution: Q(degrees/2, x/2).</summary>
    public static double ChiSquaredUpper(double x, int degrees) => IncompleteGamma.Upper(degrees / 2.0, x / 2);

    /// <summary>P(K ≥ x) of Kolmogorov's distribution, the limit of √n·D: 2 Σₖ (−1)^(k−1)·exp(−2k²x²).</summary>
    /// <remarks>Below 1 by the other form of the same theta function, whose terms vanish where those of the first do not.</remarks>
    public static double KolmogorovUpper(double x)
    {
        if (x <= 0.04)
        {
            return 1;
        }

        double sum = 0;
        if (x < 1)
        {
            for (int k = 1; k < 100; k += 2)
            {
                sum += Math.Exp(-k * k * Math.PI * Math.PI / (8 * x * x));
            }

            return 1 - (Math.Sqrt(2 * Math.PI) / x * sum);
        }

        for (int k = 1; k < 100; k++)
        {
            sum += (k % 2 == 1 ? 2 : -2) * Math.Exp(-2.0 * k * k * x * x);
        }

        return sum;
    }
}
