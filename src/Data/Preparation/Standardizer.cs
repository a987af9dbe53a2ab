namespace Unroll.Data;

/// <summary>Shifts and scales every feature to mean 0 and deviation 1, with the means and deviations of the training part.</summary>
/// <remarks>
/// <c>y[i] = (x[i] − mean[i]) / deviation[i]</c>, with <c>deviation = √(Σ (x − mean)² / count)</c> (the population's, as in Keras'
/// Normalization layer and scikit-learn's StandardScaler). A constant feature has deviation 1, so it becomes 0.
/// Fit on the training part only, and apply the same standardizer to everything the model sees afterwards.
/// </remarks>
/// <example><code>
/// (Dataset train, Dataset test) = data.Split(0.8f, seed: 1);
/// Standardizer standardizer = Standardizer.Fit(train);
/// model.Fit(standardizer.Apply(train));
/// model.Evaluate(standardizer.Apply(test));
/// float[] y = model.Predict(standardizer.Apply([70f, 3.5f]));   // one sample at inference
/// </code></example>
public sealed class Standardizer
{
    private readonly float[] _means;
    private readonly float[] _deviations;

    /// <summary>Brings back a standardizer from the means and deviations of an earlier one.</summary>
    /// <param name="means">One mean for each feature.</param>
    /// <param name="deviations">One deviation for each feature, greater than 0.</param>
    /// <exception cref="ArgumentException">The lengths are 0 or differ, a value is not finite, or a deviation is not positive.</exception>
    public Standardizer(ReadOnlySpan<float> means, ReadOnlySpan<float> deviations)
    {
        if (means.IsEmpty || means.Length != deviations.Length)
        {
            throw new ArgumentException(
                $"Expected as many deviations as means and at least one, but got {means.Length} means and {deviations.Length} deviations.",
                nameof(deviations));
        }

        for (int i = 0; i < means.Length; i++)
        {
            if (!float.IsFinite(means[i]) || !float.IsFinite(deviations[i]) || deviations[i] <= 0f)
            {
                throw new ArgumentException(
                    $"Expected a finite mean and a positive deviation for feature {i}, but got {means[i]} and {deviations[i]}.",
                    nameof(deviations));
            }
        }

        _means = means.ToArray();
        _deviations = deviations.ToArray();
    }

    /// <summary>The number of features of a sample.</summary>
    public int FeatureSize => _means.Length;

    /// <summary>The mean of each feature of the data it was fitted on.</summary>
    public IReadOnlyList<float> Means => Array.AsReadOnly(_means);

    /// <summary>The deviation of each feature of the data it was fitted on; 1 for a constant feature.</summary>
    public IReadOnlyList<float> Deviations => Array.AsReadOnly(_deviations);

    /// <summary>Computes the mean and the deviation of every feature.</summary>
    /// <param name="data">The training part; its targets play no role.</param>
    /// <returns>The standardizer of these data.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="data"/> is null.</exception>
    /// <exception cref="ArgumentException">A feature is NaN or infinite.</exception>
    public static Standardizer Fit(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        float[] means = new float[data.FeatureSize];
        float[] deviations = new float[data.FeatureSize];
        for (int feature = 0; feature < means.Length; feature++)
        {
            (means[feature], deviations[feature]) = MeanAndDeviation(data, feature);
        }

        return new Standardizer(means, deviations);
    }

    /// <summary>Standardizes the features of a data set.</summary>
    /// <param name="data">Samples of FeatureSize features.</param>
    /// <returns>A new data set with the standardized features and the same targets and weights.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="data"/> is null.</exception>
    /// <exception cref="ArgumentException">The samples have another number of features.</exception>
    public Dataset Apply(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.FeatureSize == FeatureSize
            ? data.WithFeatures(Apply(data.Features))
            : throw new ArgumentException(
                $"Expected samples of {FeatureSize} features, but the data set has {data.FeatureSize}.", nameof(data));
    }

    /// <summary>Standardizes one sample or several.</summary>
    /// <param name="samples">n × FeatureSize values, row-major.</param>
    /// <returns>The standardized values, in the same shape.</returns>
    /// <exception cref="ArgumentException">The length is 0 or not a multiple of FeatureSize.</exception>
    public float[] Apply(ReadOnlySpan<float> samples)
    {
        float[] standardized = new float[samples.Length];
        Apply(samples, standardized);
        return standardized;
    }

    /// <summary>Standardizes one sample or several, without allocating.</summary>
    /// <param name="samples">n × FeatureSize values, row-major.</param>
    /// <param name="standardized">Takes the result; the same length, and possibly the same memory.</param>
    /// <exception cref="ArgumentException">The length is 0 or not a multiple of FeatureSize, or the two lengths differ.</exception>
    public void Apply(ReadOnlySpan<float> samples, Span<float> standardized)
    {
        if (samples.IsEmpty || samples.Length % FeatureSize != 0)
        {
            throw new ArgumentException(
                $"Expected a positive multiple of {FeatureSize} values, one for each feature, but got {samples.Length}.", nameof(samples));
        }

        if (standardized.Length != samples.Length)
        {
            throw new ArgumentException(
                $"Expected room for {samples.Length} values, but got {standardized.Length}.", nameof(standardized));
        }

        for (int start = 0; start < samples.Length; start += FeatureSize)
        {
            for (int i = 0; i < FeatureSize; i++)
            {
                standardized[start + i] = (float)(((double)samples[start + i] - _means[i]) / _deviations[i]);
            }
        }
    }

    private static (float Mean, float Deviation) MeanAndDeviation(Dataset data, int feature)
    {
        ReadOnlySpan<float> values = data.Features;
        double sum = 0;
        bool constant = true;
        for (int i = feature; i < values.Length; i += data.FeatureSize)
        {
            if (!float.IsFinite(values[i]))
            {
                throw new ArgumentException(
                    $"Expected finite features, but feature {feature} of row {i / data.FeatureSize} is {values[i]}.", nameof(data));
            }

            sum += values[i];
            constant &= values[i] == values[feature];
        }

        // Compared, not computed: rounding in the sum would give a constant feature a tiny deviation and a huge quotient.
        if (constant)
        {
            return (values[feature], 1f);
        }

        double mean = sum / data.Count;
        double squares = 0;
        for (int i = feature; i < values.Length; i += data.FeatureSize)
        {
            squares += (values[i] - mean) * (values[i] - mean);
        }

        float deviation = (float)Math.Sqrt(squares / data.Count);
        return ((float)mean, deviation > 0f ? deviation : 1f);
    }
}
