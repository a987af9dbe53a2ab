namespace Unroll.Interop;

/// <summary>An input or output of an imported network.</summary>
/// <param name="FileName">What the file calls it.</param>
/// <param name="Name">What the class calls it.</param>
public sealed record ImportedValue(string FileName, string Name)
{
    /// <summary>The shape of one sample in the file; empty where the class keeps it, and its order.</summary>
    public IReadOnlyList<int> FileShape { get; init; } = [];

    /// <summary>For each axis of the class the file's, counted from 0 without the batch: [1, 2, 0] puts channels last.</summary>
    public IReadOnlyList<int> Axes { get; init; } = [];

    /// <summary>Which axis of the file the samples are.</summary>
    public int BatchAxis { get; init; }

    /// <summary>Values of some samples as the file has them, in the order of the class.</summary>
    /// <exception cref="ArgumentException">They are no whole number of samples.</exception>
    public float[] Arrange(float[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (FileShape.Count == 0)
        {
            return values;
        }

        int size = FileShape.Aggregate(1, static (product, length) => product * length);
        return values.Length % size == 0
            ? [.. SamplesFirst(values, values.Length / size).Chunk(size).SelectMany(sample => AxisOrder.Move(sample, FileShape, Axes))]
            : throw new ArgumentException($"'{FileName}' has samples of {size} values, and {values.Length} are no whole number of them.", nameof(values));
    }

    private float[] SamplesFirst(float[] values, int samples) => BatchAxis == 0
        ? values
        : AxisOrder.Move(values, [.. FileShape.Take(BatchAxis), samples, .. FileShape.Skip(BatchAxis)], [BatchAxis, .. Enumerable.Range(0, FileShape.Count + 1).Where(axis => axis != BatchAxis)]);
}
