namespace Unroll.Reports.Record;

/// <summary>Sizes, ranges and class counts of some samples.</summary>
internal sealed class DataFacts
{
    // A feature's range needs no more rows than these; all are looked at where there are fewer values.
    private const int MostValues = 1 << 24;

    private DataFacts(Dataset data, IReadOnlyList<Head> heads)
    {
        Count = data.Count;
        FeatureSize = data.FeatureSize;
        TargetSize = data.TargetSize;
        HasWeights = !data.SampleWeights.IsEmpty;
        int step = (int)Math.Max(1, (long)data.Count * data.FeatureSize / MostValues);
        Features = new ColumnScan(data.Features, data.FeatureSize, step).Columns;
        ColumnFacts[] targets = new ColumnScan(data.Targets, data.TargetSize, 1).Columns;
        Heads = [.. heads.Select(head => HeadFacts.Of(data, targets, head, step))];
    }

    public int Count { get; }

    public int FeatureSize { get; }

    public int TargetSize { get; }

    public bool HasWeights { get; }

    public ColumnFacts[] Features { get; }

    /// <summary>What belongs to each output.</summary>
    public IReadOnlyList<HeadFacts> Heads { get; }

    public static DataFacts? Of(Dataset? data, IReadOnlyList<Head> heads) => data is null || data.TargetSize == 0 ? null : new DataFacts(data, heads);
}
