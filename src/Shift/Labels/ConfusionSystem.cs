using System.Globalization;

namespace Unroll.Shift;

/// <summary>The equations of black-box shift estimation: <c>A·q = m</c>.</summary>
/// <remarks>
/// <c>A[i, j] = P(answer i | label j)</c> over the validation data, <c>m[i] = P(answer i)</c> over the target, q the target's frequencies. It holds
/// where p(x|y) is unchanged, however badly calibrated the classifier. Negative entries of the solution, which come of noise, become 0, and
/// the rest is scaled to sum 1. Source: Lipton, Wang and Smola, "Detecting and correcting for label shift with black box predictors", 2018.
/// </remarks>
internal static class ConfusionSystem
{
    // A singular value of a singular matrix comes out as large as its noise or less; twice as large is something else.
    private const double NoiseFactor = 2;

    /// <summary>The columns of A.</summary>
    public static double[][] Columns(int[] answers, int[] labels, int[] counts, int classes)
    {
        double[][] columns = [.. Enumerable.Range(0, classes).Select(_ => new double[classes])];
        for (int row = 0; row < labels.Length; row++)
        {
            columns[labels[row]][answers[row]] += counts[row];
        }

        foreach (double[] column in columns)
        {
            double total = column.Sum();
            for (int i = 0; i < classes; i++)
            {
                column[i] /= total;
            }
        }

        return columns;
    }

    /// <summary>q, and where the matrix is singular null.</summary>
    public static double[]? Solve(double[][] columns, int[] answers, int[] counts)
    {
        double[] shares = new double[columns.Length];
        double total = counts.Sum();
        for (int row = 0; row < answers.Length; row++)
        {
            shares[answers[row]] += counts[row] / total;
        }

        var decomposition = new SingularValues(columns);
        if (decomposition.Values[decomposition.SmallestAt] < 1e-9)
        {
            return null;
        }

        double[] frequencies = Array.ConvertAll(decomposition.Solve(shares), static value => Math.Max(0, value));
        double sum = frequencies.Sum();
        return Array.ConvertAll(frequencies, value => value / sum);
    }

    /// <summary>Refuses a matrix that noise alone keeps from being singular.</summary>
    /// <remarks>
    /// With v the direction of the smallest singular value, noise of the validation data contributes to |A·v|² on average
    /// <c>Σⱼ vⱼ²·(1 − Σᵢ A[i, j]²)/nⱼ</c>, nⱼ the samples of class j.
    /// </remarks>
    public static void RequireInvertible(double[][] columns, int[] labels)
    {
        double[] spread = Array.ConvertAll(columns, static column => 1 - column.Sum(static share => share * share));
        var decomposition = new SingularValues([.. columns.Select(static column => (double[])column.Clone())]);
        double[] direction = decomposition.SmallestDirection;
        double noise = 0;
        for (int k = 0; k < direction.Length; k++)
        {
            noise += direction[k] * direction[k] * spread[k] / labels.Count(label => label == k);
        }

        double smallest = decomposition.Values[decomposition.SmallestAt];
        double limit = Math.Max(1e-9, NoiseFactor * Math.Sqrt(noise));
        if (smallest > limit)
        {
            return;
        }

        int[] classes = [.. Enumerable.Range(0, direction.Length).OrderByDescending(k => Math.Abs(direction[k])).Take(2).Order()];
        throw new InvalidOperationException(string.Create(
            CultureInfo.InvariantCulture,
            $"The frequencies cannot be estimated: the confusion matrix of the {labels.Length} validation samples cannot be inverted. Its smallest singular value must be more than {limit:0.####}, what chance makes of one that is 0, but is {smallest:0.####}: the classifier does not tell classes apart, above all {classes[0]} and {classes[1]}."));
    }
}
