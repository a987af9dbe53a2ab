namespace Unroll.Shift;

/// <summary>Which of two samples a row is from: a linear function of its mapped features, their logistic likelihood penalized.</summary>
/// <remarks>
/// Minimizes <c>Σ cᵢ·log(1 + exp(−yᵢ·f(xᵢ))) + λ/2·|w|²</c> with <c>f(x) = w·φ(x) + b</c>, y = 1 for the target, −1 for the source, and c such that
/// the rows of each count half together. With these, f estimates the logarithm of target's density over source's
/// (Bickel, Brückner and Scheffer, "Discriminative learning under covariate shift", 2009).
/// </remarks>
internal static class LogisticRegression
{
    private const double Tolerance = 1e-4;
    private const int MaxSteps = 200;

    /// <param name="rows">Mapped rows.</param>
    /// <param name="width">The values in a row.</param>
    /// <param name="labels">Of each row: 1 of the target, −1 of the source.</param>
    /// <param name="chosen">The rows to learn from.</param>
    /// <param name="penalty">λ.</param>
    /// <param name="coefficients">w and then b: where to begin, and where it ended.</param>
    public static void Fit(float[] rows, int width, sbyte[] labels, int[] chosen, double penalty, double[] coefficients)
    {
        double targets = chosen.Count(row => labels[row] > 0);
        double shareOfTarget = 0.5 / targets, shareOfSource = 0.5 / (chosen.Length - targets);
        float[] weights = new float[width];
        float[] sums = new float[width];
        Lbfgs.Minimize(Evaluate, coefficients, Tolerance, MaxSteps);

        double Evaluate(ReadOnlySpan<double> x, Span<double> gradient)
        {
            Array.Clear(sums);
            double value = 0, bias = 0;
            for (int i = 0; i < width; i++)
            {
                weights[i] = (float)x[i];
                value += penalty / 2 * x[i] * x[i];
            }

            foreach (int row in chosen)
            {
                ReadOnlySpan<float> mapped = rows.AsSpan(row * width, width);
                int y = labels[row];
                double share = y > 0 ? shareOfTarget : shareOfSource;
                double margin = y * (VectorProduct.Dot(weights, mapped) + x[width]);
                value += share * Loss(margin);
                double pull = -y * share / (1 + Math.Exp(margin));
                bias += pull;
                VectorProduct.Add((float)pull, mapped, sums);
            }

            for (int i = 0; i < width; i++)
            {
                gradient[i] = sums[i] + (penalty * x[i]);
            }

            gradient[width] = bias;
            return value;
        }
    }

    /// <summary>f(x), the logarithm of the ratio of densities.</summary>
    public static double Logit(ReadOnlySpan<float> mapped, double[] coefficients)
    {
        double sum = coefficients[^1];
        for (int i = 0; i < mapped.Length; i++)
        {
            sum += coefficients[i] * mapped[i];
        }

        return sum;
    }

    /// <summary>log(1 + exp(−m)).</summary>
    public static double Loss(double margin) => margin > 0
        ? Math.Log(1 + Math.Exp(-margin))
        : Math.Log(1 + Math.Exp(margin)) - margin;
}
