namespace Unroll;

/// <summary>The samples of one step, for training on data larger than memory.</summary>
/// <remarks>
/// The memory is used as it is, not copied, until the next batch is asked for: one buffer can serve batch after batch. Rows are row-major,
/// as in a <see cref="Dataset"/>.
/// </remarks>
/// <example><code>
/// IEnumerable&lt;Batch&gt; Read(string path)
/// {
///     float[] features = new float[256 * 784], labels = new float[256];
///     using FileStream file = File.OpenRead(path);
///     while (Next(file, features, labels) is int count and > 0)
///     {
///         yield return new Batch(features.AsMemory(0, count * 784), labels.AsMemory(0, count), count);
///     }
/// }
///
/// model.Fit(Read("digits.bin"), epochs: 5);
/// </code></example>
public sealed class Batch
{
    /// <summary>Wraps <paramref name="count"/> samples.</summary>
    /// <param name="features">count × FeatureSize values.</param>
    /// <param name="targets">count × TargetSize values.</param>
    /// <param name="count">The number of samples, at least 1.</param>
    /// <param name="sampleWeights">What each sample counts in the loss, finite and not negative; without them all count 1.</param>
    /// <exception cref="ArgumentException">A length is not a positive multiple of <paramref name="count"/>, there is not one weight for
    /// each sample, or a weight is negative or not finite.</exception>
    public Batch(
        ReadOnlyMemory<float> features, ReadOnlyMemory<float> targets, int count, ReadOnlyMemory<float> sampleWeights = default)
    {
        Rows = new Dataset(features, targets, count, sampleWeights, hasWeights: !sampleWeights.IsEmpty);
    }

    /// <summary>The number of samples.</summary>
    public int Count => Rows.Count;

    /// <summary>The number of values in one sample.</summary>
    public int FeatureSize => Rows.FeatureSize;

    /// <summary>The number of values in one target.</summary>
    public int TargetSize => Rows.TargetSize;

    /// <inheritdoc cref="Dataset.ToString"/>
    public override string ToString() => Rows.ToString();

    internal Dataset Rows { get; }
}
