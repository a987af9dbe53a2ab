using System.Numerics;

namespace Unroll.Data;

/// <summary>Small steps between data as they come and data a network wants, and back: unit length, one-hot, the largest.</summary>
public static partial class Preprocessing
{
    /// <summary>Scales every sample to length 1 (L2).</summary>
    /// <param name="data">The samples; targets and weights are kept.</param>
    /// <returns>A new data set: <c>x / √(Σ x²)</c> over all features of a sample; a sample of zeros stays.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="data"/> is null.</exception>
    /// <example><code>Dataset unit = Preprocessing.Normalize(data);</code></example>
    public static Dataset Normalize(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Normalize(data, data.FeatureSize);
    }

    /// <summary>Scales the vectors along the last axis of every sample to length 1 (L2).</summary>
    /// <param name="data">The samples; targets are kept.</param>
    /// <param name="lastAxis">The length of a sample's last axis: 28 for images of 28 × 28.</param>
    /// <returns>A new data set, each group of <paramref name="lastAxis"/> features divided by its length.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="data"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="lastAxis"/> is not positive or does not divide the feature size.</exception>
    /// <example><code>Dataset images = Preprocessing.Normalize(mnist, lastAxis: 28);   // as keras.utils.normalize(x)</code></example>
    public static Dataset Normalize(Dataset data, int lastAxis)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lastAxis);
        return data.FeatureSize % lastAxis == 0
            ? data.WithFeatures(Normalize(data.Features, lastAxis))
            : throw new ArgumentException(
                $"Expected a last axis whose length divides the {data.FeatureSize} features of a sample, but got {lastAxis}.",
                nameof(lastAxis));
    }

    /// <summary>Scales the vectors along the last axis to length 1 (L2), as keras.utils.normalize does by default.</summary>
    /// <remarks><c>y = x / √(Σ x²)</c>, the sum along the last axis; a vector of zeros stays as it is (its length counts as 1).</remarks>
    /// <param name="values">n × <paramref name="lastAxis"/> values, row-major.</param>
    /// <param name="lastAxis">The length of the last axis.</param>
    /// <returns>The scaled values, in the same shape.</returns>
    /// <exception cref="ArgumentException"><paramref name="lastAxis"/> is not positive or does not divide the number of values.</exception>
    /// <example><code>float[] y = Preprocessing.Normalize([3f, 4f, 0f, 0f], lastAxis: 2);   // 0.6, 0.8, 0, 0</code></example>
    public static float[] Normalize(ReadOnlySpan<float> values, int lastAxis)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lastAxis);
        if (values.Length % lastAxis != 0)
        {
            throw new ArgumentException($"Expected a multiple of {lastAxis} values, but got {values.Length}.", nameof(values));
        }

        float[] scaled = new float[values.Length];
        for (int start = 0; start < values.Length; start += lastAxis)
        {
            double squares = 0;
            foreach (float value in values.Slice(start, lastAxis))
            {
                squares += (double)value * value;
            }

            double length = squares == 0 ? 1 : Math.Sqrt(squares);
            for (int i = start; i < start + lastAxis; i++)
            {
                scaled[i] = (float)(values[i] / length);
            }
        }

        return scaled;
    }

    /// <summary>Turns the labels of a data set into one-hot targets.</summary>
    /// <param name="data">Samples whose targets are labels of 0 to <paramref name="classes"/> − 1, width 1.</param>
    /// <param name="classes">The number of classes.</param>
    /// <returns>A new data set with the same features and weights, and targets of width <paramref name="classes"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="data"/> is null.</exception>
    /// <exception cref="ArgumentException">The targets are wider than 1, or a label is not one of the classes.</exception>
    /// <example><code>Dataset train = Preprocessing.OneHot(digits, classes: 10);</code></example>
    public static Dataset OneHot(Dataset data, int classes)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.TargetSize == 1
            ? data.WithTargets(OneHot(data.Targets, classes))
            : throw new ArgumentException($"Expected labels, targets of width 1, but they have width {data.TargetSize}.", nameof(data));
    }

    /// <summary>Turns labels into one-hot rows, as keras.utils.to_categorical does: <c>y[i, label[i]] = 1</c>, 0 elsewhere.</summary>
    /// <param name="labels">Whole numbers of 0 to <paramref name="classes"/> − 1.</param>
    /// <param name="classes">The number of classes.</param>
    /// <returns>labels.Length × classes values, row-major.</returns>
    /// <exception cref="ArgumentException">A label is not one of the classes, or <paramref name="classes"/> is not positive.</exception>
    /// <example><code>float[] y = Preprocessing.OneHot([2, 0], classes: 3);   // 0, 0, 1,  1, 0, 0</code></example>
    public static float[] OneHot(ReadOnlySpan<int> labels, int classes) => OneHotRows(labels, classes);

    /// <inheritdoc cref="OneHot(ReadOnlySpan{int}, int)"/>
    public static float[] OneHot(ReadOnlySpan<float> labels, int classes) => OneHotRows(labels, classes);

    /// <inheritdoc cref="OneHot(ReadOnlySpan{int}, int)"/>
    public static float[] OneHot(ReadOnlySpan<byte> labels, int classes) => OneHotRows(labels, classes);

    private static float[] OneHotRows<T>(ReadOnlySpan<T> labels, int classes)
        where T : unmanaged, INumber<T>
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(classes);
        if ((long)labels.Length * classes > Array.MaxLength)
        {
            throw new ArgumentException(
                $"{labels.Length} labels of {classes} classes are more than the {Array.MaxLength} values an array can hold.",
                nameof(classes));
        }

        float[] rows = new float[labels.Length * classes];
        for (int i = 0; i < labels.Length; i++)
        {
            double label = double.CreateChecked(labels[i]);
            if (!(label >= 0 && label < classes && double.IsInteger(label)))
            {
                throw new ArgumentException(
                    $"Expected whole labels of 0 to {classes - 1}, but label {i} is {labels[i]}.", nameof(labels));
            }

            rows[i * classes + (int)label] = 1f;
        }

        return rows;
    }
}
