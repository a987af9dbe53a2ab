namespace Unroll.Reports.Record;

/// <summary>Sizes, ranges and class counts of some samples.</summary>
internal sealed class DataFacts
{
    // A feature's range needs no more rows than these; all are looked at where there are fewer values.
    private const int MostValues = 1 << 24;

    private DataFacts(Dataset data, LabelKind kind, int outputs)
    {
        Count = data.Count;
        FeatureSize = data.FeatureSize;
        TargetSize = data.TargetSize;
        Kind = kind;
        HasWeights = !data.SampleWeights.IsEmpty;
        int step = (int)Math.Max(1, (long)data.Count * data.FeatureSize / MostValues);
        Features = [.. new ColumnScan(data.Features, data.FeatureSize, step).Columns];
        Targets = [.. new ColumnScan(data.Targets, data.TargetSize, 1).Columns];
        if (kind != LabelKind.None)
        {
            ClassCounts = CountClasses(data, kind, outputs);
            Association = Associations.WithClasses(data, kind, ClassCounts.Length, step);
        }
        else if (data.TargetSize == 1)
        {
            Association = Associations.WithNumbers(data, step);
        }
    }

    public int Count { get; }

    public int FeatureSize { get; }

    public int TargetSize { get; }

    public LabelKind Kind { get; }

    public bool HasWeights { get; }

    public ColumnFacts[] Features { get; }

    public ColumnFacts[] Targets { get; }

    /// <summary>How often each class occurs; empty for regressions.</summary>
    public int[] ClassCounts { get; } = [];

    /// <summary>How much of the target each feature tells alone: R² of a line, or the share of its variance between classes; empty where unknown.</summary>
    public double[] Association { get; } = [];

    public static DataFacts? Of(Dataset? data, IReadOnlyList<Loss> losses, int outputs) =>
        data is null || data.TargetSize == 0 ? null : new DataFacts(data, losses.Count == 1 ? LabelsOf(losses[0], data.TargetSize) : LabelKind.None, outputs);

    /// <summary>The class of a target.</summary>
    public static int ClassOf(ReadOnlySpan<float> target, LabelKind kind)
    {
        if (kind == LabelKind.Index)
        {
            return (int)target[0];
        }

        if (kind == LabelKind.Binary)
        {
            return target[0] > 0.5f ? 1 : 0;
        }

        int best = 0;
        for (int i = 1; i < target.Length; i++)
        {
            best = target[i] > target[best] ? i : best;
        }

        return best;
    }

    private static LabelKind LabelsOf(Loss loss, int targets) => loss switch
    {
        SparseCategoricalCrossentropy => LabelKind.Index,
        CategoricalCrossentropy or CategoricalFocalCrossentropy or CategoricalHinge => LabelKind.OneHot,
        BinaryCrossentropy or BinaryFocalCrossentropy or Hinge or SquaredHinge when targets == 1 => LabelKind.Binary,
        _ => LabelKind.None,
    };

    private static int[] CountClasses(Dataset data, LabelKind kind, int outputs)
    {
        int[] counts = new int[kind == LabelKind.Binary ? 2 : kind == LabelKind.OneHot ? data.TargetSize : outputs];
        for (int row = 0; row < data.Count; row++)
        {
            int label = ClassOf(data.TargetOf(row), kind);
            if ((uint)label < (uint)counts.Length)
            {
                counts[label]++;
            }
        }

        return counts;
    }
}

/// <summary>How the targets name classes.</summary>
internal enum LabelKind
{
    /// <summary>They do not: numbers, or several outputs.</summary>
    None,

    /// <summary>By the class's number.</summary>
    Index,

    /// <summary>By a 1 at its position.</summary>
    OneHot,

    /// <summary>1 for the one, 0 or −1 for the other.</summary>
    Binary,
}
