using Unroll.Data;
using Unroll.Numerics;

namespace Unroll;

/// <content>What makes a data set of rows or columns of others.</content>
public sealed partial class Dataset
{
    /// <summary>Some rows, in the order given (a copy). A row may come several times.</summary>
    /// <param name="rows">Which, counted from 0.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">One is not in 0..Count-1.</exception>
    /// <example><code>Dataset pictures = test.Select([7, 0, 7]);</code></example>
    public Dataset Select(params ReadOnlySpan<int> rows)
    {
        if (rows.IsEmpty)
        {
            throw new ArgumentException("Expected at least one row, but there are none.", nameof(rows));
        }

        float[] features = new float[Room(rows.Length, FeatureSize, nameof(rows))];
        float[] targets = new float[Room(rows.Length, TargetSize, nameof(rows))];
        float[] weights = new float[SampleWeights.IsEmpty ? 0 : Room(rows.Length, WeightSize, nameof(rows))];
        for (int i = 0; i < rows.Length; i++)
        {
            int row = rows[i];
            if ((uint)row >= (uint)Count)
            {
                throw new ArgumentOutOfRangeException(nameof(rows), row, $"Expected rows in 0..{Count - 1}, but number {i} is {row}.");
            }

            FeaturesOf(row).CopyTo(features.AsSpan(i * FeatureSize));
            TargetOf(row).CopyTo(targets.AsSpan(i * TargetSize));
            if (weights.Length > 0)
            {
                SampleWeights.Slice(row * WeightSize, WeightSize).CopyTo(weights.AsSpan(i * WeightSize));
            }
        }

        return Of(features, targets, rows.Length, weights, Inputs, Outputs);
    }

    /// <summary>All rows in a random order (a copy).</summary>
    /// <param name="seed">Decides the order: the same on every machine.</param>
    /// <remarks><c>Fit</c> shuffles by itself.</remarks>
    public Dataset Shuffle(int seed) => Select(Order(seed));

    /// <summary>One of several processes' share of the rows: of 10 rows for 3 processes 4, 3 and 3, one after the other (views, no copy).</summary>
    /// <param name="rank">The process, from 0.</param>
    /// <param name="size">The number of processes.</param>
    /// <remarks>Shuffle first where the order of the rows means something: each process shuffles among its own.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The size is not in 1..Count, or the rank not in 0..size-1.</exception>
    /// <example><code>Dataset own = train.Shuffle(seed: 1).Shard(cluster.Rank, cluster.Size);</code></example>
    public Dataset Shard(int rank, int size)
    {
        if (size < 1 || size > Count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(size), size, $"Expected 1 to {Count} processes, for each of them needs one of the {Count} rows.");
        }

        if (rank < 0 || rank >= size)
        {
            throw new ArgumentOutOfRangeException(nameof(rank), rank, $"Expected a rank in 0..{size - 1}.");
        }

        (int rows, int rest) = Math.DivRem(Count, size);
        return new Dataset(this, (rank * rows) + Math.Min(rank, rest), rows + (rank < rest ? 1 : 0));
    }

    /// <summary>The rows of several data sets, one after the other (a copy).</summary>
    /// <param name="parts">Data sets of the same sizes. Where some have weights, the rows of the others weigh 1.</param>
    /// <exception cref="ArgumentException">There are none, or they differ in size, or in the sizes of the arrays they were joined of.</exception>
    /// <exception cref="ArgumentNullException">One is null.</exception>
    /// <example><code>Dataset all = Dataset.Concat(train, test);</code></example>
    public static Dataset Concat(params ReadOnlySpan<Dataset> parts)
    {
        if (parts.IsEmpty)
        {
            throw new ArgumentException("Expected at least one data set, but there are none.", nameof(parts));
        }

        long count = 0;
        int weightSize = 0;
        (RowParts inputs, RowParts outputs) = (RowParts.Unknown, RowParts.Unknown);
        foreach (Dataset part in parts)
        {
            ArgumentNullException.ThrowIfNull(part, nameof(parts));
            if ((part.FeatureSize, part.TargetSize) != (parts[0].FeatureSize, parts[0].TargetSize))
            {
                throw new ArgumentException(
                    $"Expected data sets of {parts[0].FeatureSize} features and {parts[0].TargetSize} targets as the first, "
                    + $"but one has {part.FeatureSize} and {part.TargetSize}.",
                    nameof(parts));
            }

            count += part.Count;
            inputs = inputs.With(part.Inputs, "inputs", nameof(parts));
            outputs = outputs.With(part.Outputs, "targets", nameof(parts));
            if (!part.SampleWeights.IsEmpty)
            {
                weightSize = weightSize == 0 || weightSize == part.WeightSize ? part.WeightSize : throw new ArgumentException(
                    $"Expected data sets of {weightSize} weights a row as an earlier one, but one has {part.WeightSize}.", nameof(parts));
            }
        }

        float[] features = new float[Room(count, parts[0].FeatureSize, nameof(parts))];
        float[] targets = new float[Room(count, parts[0].TargetSize, nameof(parts))];
        float[] weights = new float[Room(count, weightSize, nameof(parts))];
        weights.AsSpan().Fill(1f);
        int first = 0;
        foreach (Dataset part in parts)
        {
            part.Features.CopyTo(features.AsSpan(first * part.FeatureSize));
            part.Targets.CopyTo(targets.AsSpan(first * part.TargetSize));
            part.SampleWeights.CopyTo(weights.AsSpan(first * weightSize));
            first += part.Count;
        }

        return Of(features, targets, first, weights, inputs, outputs);
    }

    /// <summary>The same rows with other features; targets and weights are those of this data set.</summary>
    /// <param name="features">Count × any number of values, row-major.</param>
    /// <exception cref="ArgumentNullException">The features are null.</exception>
    /// <exception cref="ArgumentException">The length is not a positive multiple of Count.</exception>
    public Dataset WithFeatures(float[] features)
    {
        ArgumentNullException.ThrowIfNull(features);
        return TargetSize == 0
            ? new Dataset(features, Count)
            : new Dataset(features, _targets, Count, WeightMemory, !WeightMemory.IsEmpty) { Outputs = Outputs };
    }

    /// <summary>The same rows with other targets, or with some where there were none.</summary>
    /// <param name="targets">Count × any number of values, row-major.</param>
    /// <exception cref="ArgumentNullException">The targets are null.</exception>
    /// <exception cref="ArgumentException">The length is not a positive multiple of Count.</exception>
    public Dataset WithTargets(float[] targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        return new Dataset(_features, targets, Count, WeightMemory, !WeightMemory.IsEmpty) { Inputs = Inputs };
    }

    private static Dataset Of(float[] features, float[] targets, int count, float[] weights, RowParts inputs, RowParts outputs) => targets.Length == 0
        ? new Dataset(features, count) { Inputs = inputs }
        : new Dataset(features, targets, count, weights.Length == 0 ? null : weights) { Inputs = inputs, Outputs = outputs };

    private static int Room(long rows, int width, string argument) => rows * width <= Array.MaxLength
        ? (int)(rows * width)
        : throw new ArgumentException($"{rows} rows of {width} values are more than the {Array.MaxLength} an array can hold.", argument);

    private int[] Order(int? seed)
    {
        int[] order = RowOrder.Identity(Count);
        if (seed is int value)
        {
            new RandomSource((uint)value).Permute(order);
        }

        return order;
    }
}
