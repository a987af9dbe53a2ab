namespace Unroll.Shift;

/// <summary>Mean and deviation of each feature over two pooled data sets, each of which counts half.</summary>
internal sealed class Standardization
{
    // Beyond, a value tells of an outlier and not of the bulk.
    private const float Limit = 5f;

    private readonly float[] _means;
    private readonly float[] _inverses;

    public Standardization(Dataset source, Dataset target)
    {
        int width = source.FeatureSize;
        _means = new float[width];
        _inverses = new float[width];
        for (int i = 0; i < width; i++)
        {
            (double meanOfSource, double variance) = Moments(source, i);
            (double meanOfTarget, double other) = Moments(target, i);
            double gap = meanOfSource - meanOfTarget;
            double deviation = Math.Sqrt(((variance + other) / 2) + (gap * gap / 4));
            double mean = (meanOfSource + meanOfTarget) / 2;
            _means[i] = (float)mean;

            // A constant feature becomes 0, also where rounding left it a deviation.
            _inverses[i] = deviation > 1e-6 * Math.Abs(mean) ? (float)(1 / deviation) : 0;
        }
    }

    public void Apply(ReadOnlySpan<float> features, Span<float> result)
    {
        for (int i = 0; i < _means.Length; i++)
        {
            result[i] = Math.Clamp((features[i] - _means[i]) * _inverses[i], -Limit, Limit);
        }
    }

    /// <summary>Mean and variance (of the population) of a feature.</summary>
    public static (double Mean, double Variance) Moments(Dataset data, int feature)
    {
        double sum = 0, squares = 0;
        ReadOnlySpan<float> features = data.Features;
        for (int at = feature; at < features.Length; at += data.FeatureSize)
        {
            sum += features[at];
        }

        double mean = sum / data.Count;
        for (int at = feature; at < features.Length; at += data.FeatureSize)
        {
            squares += (features[at] - mean) * (features[at] - mean);
        }

        return (mean, squares / data.Count);
    }
}
