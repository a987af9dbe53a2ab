using System.Runtime.CompilerServices;

namespace Unroll;

/// <summary>The samples of one step, for training on data larger than memory.</summary>
/// <remarks>
/// Memory of joined rows is used as it is, not copied, until the next batch is asked for: one buffer can serve batch after batch. Rows are row-major,
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
    /// <param name="sampleWeights">What each sample counts in the loss, or each step of each sample where there are so many values, row-major;
    /// finite and not negative; without them all count 1.</param>
    /// <exception cref="ArgumentException">A length is not a positive multiple of <paramref name="count"/>, the weights are no
    /// multiple of it, or a weight is negative or not finite.</exception>
    public Batch(
        ReadOnlyMemory<float> features, ReadOnlyMemory<float> targets, int count, ReadOnlyMemory<float> sampleWeights = default)
    {
        Rows = new Dataset(features, targets, count, sampleWeights, hasWeights: !sampleWeights.IsEmpty);
    }

    /// <summary>The same of a network of several inputs or outputs: an array for each, in their order.</summary>
    /// <param name="inputs">The values of each input, count × its size, copied.</param>
    /// <param name="targets">The targets of each output, count × their size, copied.</param>
    /// <param name="count">The number of samples, at least 1.</param>
    /// <param name="sampleWeights">What each sample counts in the loss of every output, or each step of each sample where the array has so many
    /// values; finite and not negative; without them all count 1.</param>
    /// <example><code>yield return new Batch(inputs: [images, meta], targets: [digits, even], count: 256);</code></example>
    /// <exception cref="ArgumentNullException">A list or one of its arrays is null.</exception>
    /// <exception cref="ArgumentException">A list is empty, a length is not a positive multiple of <paramref name="count"/>, the weights
    /// are no multiple of it, or a weight is negative or not finite.</exception>
    public Batch(IReadOnlyList<float[]> inputs, IReadOnlyList<float[]> targets, int count, float[]? sampleWeights = null)
    {
        Rows = new Dataset(inputs, Some(targets), count, sampleWeights);
    }

    /// <summary>The same of inputs and targets that lie anywhere in memory: memory for each, in their order.</summary>
    /// <param name="inputs">The values of each input, count × its size, copied.</param>
    /// <param name="targets">The targets of each output, count × their size, copied.</param>
    /// <param name="count">The number of samples, at least 1.</param>
    /// <param name="sampleWeights">What each sample counts in the loss of every output, or each step of each sample where there are so many values;
    /// finite and not negative; without them all count 1.</param>
    /// <remarks>Arrays may stand in <c>[…]</c> with memory. Where a call fits arrays alone, it is that of arrays.</remarks>
    /// <example><code>
    /// yield return new Batch(inputs: [images.AsMemory(0, count * 784), meta.AsMemory(0, count * 5)], targets: [digits.AsMemory(0, count)], count);
    /// </code></example>
    /// <exception cref="ArgumentNullException">A list is null.</exception>
    /// <exception cref="ArgumentException">A list is empty, a length is not a positive multiple of <paramref name="count"/>, the weights
    /// are no multiple of it, or a weight is negative or not finite.</exception>
    [OverloadResolutionPriority(-1)]
    public Batch(
        IReadOnlyList<ReadOnlyMemory<float>> inputs,
        IReadOnlyList<ReadOnlyMemory<float>> targets,
        int count,
        ReadOnlyMemory<float> sampleWeights = default)
    {
        Rows = new Dataset(inputs, Some(targets), count, sampleWeights);
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

    // A data set may do without, a step of training may not.
    private static IReadOnlyList<T> Some<T>(IReadOnlyList<T> targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        return targets.Count > 0 ? targets : throw new ArgumentException("Expected at least one array, but got none.", nameof(targets));
    }
}
