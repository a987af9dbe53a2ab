using System.Globalization;
using Unroll.Data;

namespace Unroll;

/// <summary>Samples and their targets in memory: two row-major matrices with the same number of rows.</summary>
/// <remarks>
/// <para>The arrays are used as they are, not copied. A row of <c>features</c> is one sample, flattened row-major; a row of
/// <c>targets</c> is its regression target, its one-hot class, or one integer class label (width 1).</para>
/// <para>A sample's weight multiplies its loss, in training and in evaluation; the mean is still taken over the number of samples, as the
/// reduction <c>sum_over_batch_size</c> of Keras 3 does. Metrics do not see it, as with the <c>metrics</c> of Keras.</para>
/// <para><c>Take</c>, <c>Skip</c> and an unshuffled <c>Split</c> are views; what chooses or orders rows copies them.</para>
/// </remarks>
/// <example><code>var data = new Dataset(features, targets, count: 150);   // 150 × 4 features, 150 × 1 labels</code></example>
public sealed partial class Dataset
{
    private readonly ReadOnlyMemory<float> _features;
    private readonly ReadOnlyMemory<float> _targets;

    /// <summary>Wraps <paramref name="count"/> rows of features and targets.</summary>
    /// <param name="features">count × FeatureSize values, row-major.</param>
    /// <param name="targets">count × TargetSize values, row-major.</param>
    /// <param name="count">The number of rows, at least 1.</param>
    /// <param name="sampleWeights">What each sample counts in the loss, or each step of each sample where the array has so many values, row-major;
    /// finite and not negative; without them all count 1.</param>
    /// <exception cref="ArgumentNullException">The features or the targets are null.</exception>
    /// <exception cref="ArgumentException">The arrays are empty or their lengths are not multiples of <paramref name="count"/>, there is
    /// not one weight for each row, or a weight is negative or not finite.</exception>
    public Dataset(float[] features, float[] targets, int count, float[]? sampleWeights = null)
        : this(
            (features ?? throw new ArgumentNullException(nameof(features))).AsMemory(),
            (targets ?? throw new ArgumentNullException(nameof(targets))).AsMemory(),
            count,
            sampleWeights.AsMemory(),
            hasWeights: sampleWeights is not null)
    {
    }

    /// <summary>Wraps <paramref name="count"/> rows that lie anywhere in memory.</summary>
    /// <param name="features">count × FeatureSize values, row-major.</param>
    /// <param name="targets">count × TargetSize values, row-major.</param>
    /// <param name="count">The number of rows, at least 1.</param>
    /// <param name="sampleWeights">What each sample counts in the loss, or each step of each sample where the array has so many values, row-major;
    /// finite and not negative; without them all count 1.</param>
    /// <exception cref="ArgumentException">There are no values or not a multiple of <paramref name="count"/>, there is not one weight for
    /// each row, or a weight is negative or not finite.</exception>
    public Dataset(ReadOnlyMemory<float> features, ReadOnlyMemory<float> targets, int count, ReadOnlyMemory<float> sampleWeights = default)
        : this(features, targets, count, sampleWeights, hasWeights: !sampleWeights.IsEmpty)
    {
    }

    /// <summary>Wraps <paramref name="count"/> rows of features that have no targets: to predict, to measure, to adapt to.</summary>
    /// <param name="features">count × FeatureSize values, row-major.</param>
    /// <param name="count">The number of rows, at least 1.</param>
    /// <exception cref="ArgumentNullException">The features are null.</exception>
    /// <exception cref="ArgumentException">The array is empty or its length is not a multiple of <paramref name="count"/>.</exception>
    public Dataset(float[] features, int count)
        : this(
            (features ?? throw new ArgumentNullException(nameof(features))).AsMemory(),
            targets: default,
            count,
            sampleWeights: default,
            hasWeights: false,
            hasTargets: false)
    {
    }

    internal Dataset(
        ReadOnlyMemory<float> features,
        ReadOnlyMemory<float> targets,
        int count,
        ReadOnlyMemory<float> sampleWeights,
        bool hasWeights,
        bool hasTargets = true)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        FeatureSize = WidthOf(features, count, nameof(features));
        TargetSize = hasTargets ? WidthOf(targets, count, nameof(targets)) : 0;
        if (hasWeights && !hasTargets)
        {
            throw new ArgumentException("Weights count in the loss, but there are no targets for one.", nameof(sampleWeights));
        }

        if (hasWeights && (sampleWeights.Length == 0 || sampleWeights.Length % count != 0))
        {
            throw new ArgumentException(
                $"Expected {count} weights, one for each row, or a multiple of it, one for each step, but got {sampleWeights.Length}.",
                nameof(sampleWeights));
        }

        _features = features;
        _targets = targets;
        WeightMemory = sampleWeights;
        Count = count;
        if (FaultOfWeights() is string fault)
        {
            throw new ArgumentException($"{fault}.", nameof(sampleWeights));
        }
    }

    private Dataset(Dataset source, int first, int count)
    {
        FeatureSize = source.FeatureSize;
        TargetSize = source.TargetSize;
        Count = count;
        _features = source._features.Slice(first * FeatureSize, count * FeatureSize);
        _targets = source._targets.Slice(first * TargetSize, count * TargetSize);
        Inputs = source.Inputs;
        Outputs = source.Outputs;
        WeightMemory = source.WeightMemory.IsEmpty ? default : source.WeightMemory.Slice(first * source.WeightSize, count * source.WeightSize);
    }

    /// <summary>The number of rows.</summary>
    public int Count { get; }

    /// <summary>The number of values in one sample.</summary>
    public int FeatureSize { get; }

    /// <summary>The number of values in one target; 0 where there are no targets.</summary>
    public int TargetSize { get; }

    /// <summary>All features, Count × FeatureSize, row-major.</summary>
    public ReadOnlySpan<float> Features => _features.Span;

    /// <summary>All targets, Count × TargetSize, row-major.</summary>
    public ReadOnlySpan<float> Targets => _targets.Span;

    /// <summary>What each sample counts in the loss, or each of its steps, row-major; empty where all count 1.</summary>
    public ReadOnlySpan<float> SampleWeights => WeightMemory.Span;

    /// <summary>The weights of a row: one, or one for each of its steps.</summary>
    internal int WeightSize => WeightMemory.IsEmpty ? 1 : WeightMemory.Length / Count;

    internal ReadOnlyMemory<float> WeightMemory { get; }

    /// <summary>The inputs that a row of features was joined of.</summary>
    internal RowParts Inputs { get; private init; } = RowParts.Unknown;

    /// <summary>The targets, one for each output, that a row of targets was joined of.</summary>
    internal RowParts Outputs { get; private init; } = RowParts.Unknown;

    /// <summary>The features of one sample.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="row"/> is not in 0..Count-1.</exception>
    public ReadOnlySpan<float> FeaturesOf(int row) => Features.Slice(CheckedRow(row) * FeatureSize, FeatureSize);

    /// <summary>The target of one sample.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="row"/> is not in 0..Count-1.</exception>
    public ReadOnlySpan<float> TargetOf(int row) => Targets.Slice(CheckedRow(row) * TargetSize, TargetSize);

    /// <summary>The first <paramref name="count"/> rows (a view, no copy).</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is not in 1..Count.</exception>
    public Dataset Take(int count)
    {
        if (count < 1 || count > Count)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, $"Expected 1 to {Count} rows.");
        }

        return new Dataset(this, 0, count);
    }

    /// <summary>All rows but the first <paramref name="count"/> (a view, no copy).</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is not in 0..Count-1.</exception>
    public Dataset Skip(int count)
    {
        if (count < 0 || count >= Count)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, $"Expected 0 to {Count - 1} rows to skip.");
        }

        return new Dataset(this, count, Count - count);
    }

    /// <summary>The sizes: <c>60,000 samples of 784 features and 1 target</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Count:N0} {(Count == 1 ? "sample" : "samples")} of {FeatureSize:N0} {(FeatureSize == 1 ? "feature" : "features")} and "
        + $"{TargetSize:N0} {(TargetSize == 1 ? "target" : "targets")}{(SampleWeights.IsEmpty ? "" : ", weighted")}");

    /// <summary>What is wrong with the weights, which can change after they were given.</summary>
    internal string? FaultOfWeights()
    {
        ReadOnlySpan<float> weights = SampleWeights;
        for (int i = 0; i < weights.Length; i++)
        {
            if (!(weights[i] >= 0f) || !float.IsFinite(weights[i]))
            {
                string step = WeightSize == 1 ? "" : $", step {i % WeightSize},";
                return $"A weight must be finite and not negative, but that of row {i / WeightSize}{step} is {weights[i]}";
            }
        }

        return null;
    }

    private static int WidthOf(ReadOnlyMemory<float> values, int count, string argument)
    {
        if (values.Length == 0 || values.Length % count != 0)
        {
            throw new ArgumentException(
                $"Expected a positive multiple of {count} values, one group for each row, but got {values.Length}.", argument);
        }

        return values.Length / count;
    }

    private int CheckedRow(int row)
    {
        if ((uint)row >= (uint)Count)
        {
            throw new ArgumentOutOfRangeException(nameof(row), row, $"Expected a row in 0..{Count - 1}.");
        }

        return row;
    }
}
