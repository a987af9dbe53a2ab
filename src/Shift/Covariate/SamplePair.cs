namespace Unroll.Shift;

/// <summary>The checks of two data sets to be compared.</summary>
internal static class SamplePair
{
    public static void Require(Dataset source, Dataset target, int leastRows)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        if (source.FeatureSize != target.FeatureSize)
        {
            throw new ArgumentException(
                $"Expected samples of {source.FeatureSize} values as in the source, but those of the target have {target.FeatureSize}.",
                nameof(target));
        }

        RequireRows(source, leastRows, nameof(source));
        RequireRows(target, leastRows, nameof(target));
    }

    private static void RequireRows(Dataset data, int leastRows, string argument)
    {
        if (data.Count < leastRows)
        {
            throw new ArgumentException($"Expected at least {leastRows} rows, but the {argument} has {data.Count}.", argument);
        }

        ReadOnlySpan<float> features = data.Features;
        for (int i = 0; i < features.Length; i++)
        {
            if (!float.IsFinite(features[i]))
            {
                throw new ArgumentException(
                    $"Expected finite features, but feature {i % data.FeatureSize} of row {i / data.FeatureSize} of the {argument} is {features[i]}.",
                    argument);
            }
        }
    }
}
