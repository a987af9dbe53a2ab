namespace Unroll.Numerics.Tests;

/// <summary>The functions of <see cref="VectorMath"/> in double precision: slow, plain, and right to about 1e-14.</summary>
internal static class Exact
{
    // Kahan's corrections for the rounding of 1 + x and of eˣ.
    public static double Expm1(double x)
    {
        double u = Math.Exp(x);
        return u == 1 ? x : u == 0 || double.IsInfinity(u) ? u - 1 : Math.Abs(x) > 1 ? u - 1 : (u - 1) * x / Math.Log(u);
    }

    public static double Log1p(double x)
    {
        double u = 1 + x;
        return u == 1 ? x : double.IsInfinity(u) || u <= 0 ? Math.Log(u) : Math.Log(u) * x / (u - 1);
    }

    public static double Sigmoid(double x) => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x));

    public static double Softplus(double x) => Math.Max(x, 0) + Log1p(Math.Exp(-Math.Abs(x)));

    public static double Erf(double x) => Math.Abs(x) < 2 ? ErfSeries(x) : x > 0 ? 1 - Erfc(x) : Erfc(-x) - 1;

    public static double Gelu(double x) => x == double.NegativeInfinity ? 0 : x * NormalCdf(x);

    public static double GeluDerivative(double x) =>
        double.IsInfinity(x) ? Step(x) : NormalCdf(x) + (x * Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI));

    public static double Swish(double x) => x == double.NegativeInfinity ? 0 : x * Sigmoid(x);

    public static double SwishDerivative(double x) =>
        double.IsInfinity(x) ? Step(x) : Sigmoid(x) + (x * Sigmoid(x) * Sigmoid(-x));

    public static double GeluTanh(double x) => x == double.NegativeInfinity ? 0 : x * Sigmoid(GeluTanhGate(x));

    public static double GeluTanhDerivative(double x)
    {
        double v = GeluTanhGate(x);
        double slope = Math.Sqrt(8 / Math.PI) * (1 + (3 * 0.044715 * x * x));
        return double.IsInfinity(x) ? Step(x) : Sigmoid(v) + (x * Sigmoid(v) * Sigmoid(-v) * slope);
    }

    public static double Mish(double x) => x == double.NegativeInfinity ? 0 : x * Math.Tanh(Softplus(x));

    public static double MishDerivative(double x)
    {
        double gate = Math.Tanh(Softplus(x));
        double cosh = Math.Cosh(Softplus(x));
        return double.IsInfinity(x) ? Step(x) : gate + (x * Sigmoid(x) / (cosh * cosh));
    }

    private static double Step(double x) => x > 0 ? 1 : 0;

    private static double GeluTanhGate(double x) => Math.Sqrt(8 / Math.PI) * (x + (0.044715 * x * x * x));

    private static double NormalCdf(double x) => 0.5 * Erfc(-x / Math.Sqrt(2));

    private static double Erfc(double x) => x < 2 ? (x < -2 ? 2 - Erfc(-x) : 1 - ErfSeries(x)) : ErfcFraction(x);

    /// <summary>2/√π·e^(-x²)·Σ 2ᵏx²ᵏ⁺¹/(2k+1)!!, whose terms have one sign.</summary>
    private static double ErfSeries(double x)
    {
        double term = x;
        double sum = x;
        for (int k = 1; Math.Abs(term) > 1e-18 * Math.Abs(sum); k++)
        {
            term *= 2 * x * x / ((2 * k) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    /// <summary>Laplace's continued fraction, from its far end.</summary>
    private static double ErfcFraction(double x)
    {
        double fraction = 0;
        for (int k = 80; k >= 1; k--)
        {
            fraction = 0.5 * k / (x + fraction);
        }

        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / (x + fraction);
    }
}
