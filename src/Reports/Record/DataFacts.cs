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
        Features = [.. new ColumnScan(data.Features, data.FeatureSize, step).Columns];
        Targets = [.. new ColumnScan(data.Targets, data.TargetSize, 1).Columns];
        Heads = [.. heads.Select(head => (head, CountClasses(data, head)))];
        if (heads is [{ Kind: not LabelKind.None } labels])
        {
            Association = Associations.WithClasses(data, labels, step);
        }
        else if (data.TargetSize == 1)
        {
            Association = Associations.WithNumbers(data, step);
        }
    }

    public int Count { get; }

    public int FeatureSize { get; }

    public int TargetSize { get; }

    public bool HasWeights { get; }

    public ColumnFacts[] Features { get; }

    public ColumnFacts[] Targets { get; }

    /// <summary>The outputs, each with how often its classes occur: none where its targets are numbers.</summary>
    public IReadOnlyList<(Head Head, int[] ClassCounts)> Heads { get; }

    /// <summary>What the targets of the only output are; numbers where there are several.</summary>
    public LabelKind Kind => Heads.Count == 1 ? Heads[0].Head.Kind : LabelKind.None;

    /// <summary>How often each class of the only output occurs; empty for regressions and several outputs.</summary>
    public int[] ClassCounts => Heads.Count == 1 ? Heads[0].ClassCounts : [];

    /// <summary>How much of the target each feature tells alone: R² of a line, or the share of its variance between classes; empty where unknown.</summary>
    public double[] Association { get; } = [];

    public static DataFacts? Of(Dataset? data, IReadOnlyList<Head> heads) => data is null || data.TargetSize == 0 ? null : new DataFacts(data, heads);

    private static int[] CountClasses(Dataset data, Head head)
    {
        int[] counts = new int[head.Classes];
        for (int row = 0; row < data.Count && counts.Length > 0; row++)
        {
            int label = head.ClassOf(head.TargetOf(data, row));
            if ((uint)label < (uint)counts.Length)
            {
                counts[label]++;
            }
        }

        return counts;
    }
}
