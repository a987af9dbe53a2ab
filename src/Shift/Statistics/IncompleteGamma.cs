namespace Unroll.Shift;

/// <summary>The upper regularized incomplete gamma function Q(a, x) = Γ(a, x)/Γ(a), from which two distributions here follow.</summary>
/// <remarks>By its series below a + 1 and by its continued fraction above (Lentz), to some 14 digits. Definition: NIST DLMF 8.2.4.</remarks>
internal static class IncompleteGamma
{
    private const double Precision = 1e-16;
    private const int MaxTerms = 10_000;

    public static double Upper(double a, double x)
    {
        if (x <= 0)
        {
            return 1;
        }

        double scale = Math.Exp((a * Math.Log(x)) - x - LogGamma(a));
        return x < a + 1 ? 1 - (scale * Series(a, x)) : scale * Fraction(a, x);
    }

    private static double Series(double a, double x)
    {
        double term = 1 / a;
        double sum = term;
        for (int n = 1; n < MaxTerms && term > sum * Precision; n++)
        {
            term *= x / (a + n);
            sum += term;
        }

        return sum;
    }

    private static double Fraction(double a, double x)
    {
        const double Tiny = 1e-300;
        double b = x + 1 - a;
        double c = 1 / Tiny;
        double d = 1 / b;
        double h = d;
        for (int n = 1; n < MaxTerms; n++)
        {
            double an = -n * (n - a);
            b += 2;
            d = (an * d) + b;
            d = 1 / (Math.Abs(d) < Tiny ? Tiny : d);
            c = b + (an / c);
            c = Math.Abs(c) < Tiny ? Tiny : c;
            double factor = d * c;
            h *= factor;
            if (Math.Abs(factor - 1) < 4 * Precision)
            {
                break;
            }
        }

        return h;
    }

    // Lanczos' approximation with g = 7 and nine terms, for positive arguments.
    private static double LogGamma(double x)
    {
        ReadOnlySpan<double> terms =
        [
            676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
            12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
        ];

        if (x < 0.5)
        {
            return Math.Log(Math.PI / Math.Sin(Math.PI * x)) - LogGamma(1 - x);
        }

        x--;
        double sum = 0.99999999999980993;
        for (int i = 0; i < terms.Length; i++)
        {
            sum += terms[i] / (x + i + 1);
        }

        double t = x + 7.5;
        return (0.5 * Math.Log(2 * Math.PI)) + ((x + 0.5) * Math.Log(t)) - t + Math.Log(sum);
    }
}
