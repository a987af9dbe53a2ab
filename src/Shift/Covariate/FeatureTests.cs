using System.Globalization;

namespace Unroll.Shift;

/// <summary>A test of each feature, corrected for their number.</summary>
internal static class FeatureTests
{
    public static FeatureShift[] Run(Dataset source, Dataset target, float level, IReadOnlyList<string>? names)
    {
        int count = source.FeatureSize;
        var tests = new (double Statistic, double PValue)[count];
        float[] first = new float[source.Count];
        float[] second = new float[target.Count];
        for (int feature = 0; feature < count; feature++)
        {
            SortedColumn(source, feature, first);
            SortedColumn(target, feature, second);
            tests[feature] = KolmogorovSmirnov.Test(first, second);
        }

        double[] adjusted = Holm.Adjust(Array.ConvertAll(tests, static test => test.PValue));
        return [.. Enumerable.Range(0, count).Select(feature =>
        {
            (double mean, double variance) = Standardization.Moments(source, feature);
            (double meanOfTarget, double varianceOfTarget) = Standardization.Moments(target, feature);
            return new FeatureShift
            {
                Index = feature,
                Name = names?[feature] ?? string.Create(CultureInfo.InvariantCulture, $"feature {feature}"),
                PValue = (float)tests[feature].PValue,
                AdjustedPValue = (float)adjusted[feature],
                IsShifted = adjusted[feature] <= level,
                Statistic = (float)tests[feature].Statistic,
                SourceMean = (float)mean,
                TargetMean = (float)meanOfTarget,
                SourceDeviation = (float)Math.Sqrt(variance),
                TargetDeviation = (float)Math.Sqrt(varianceOfTarget),
            };
        })];
    }

    private static void SortedColumn(Dataset data, int feature, float[] column)
    {
        ReadOnlySpan<float> features = data.Features;
        for (int row = 0; row < column.Length; row++)
        {
            column[row] = features[(row * data.FeatureSize) + feature];
        }

        Array.Sort(column);
    }
}
