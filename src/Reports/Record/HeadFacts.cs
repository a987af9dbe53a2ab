namespace Unroll.Reports.Record;

/// <summary>The targets of one output, and what the features tell of them.</summary>
/// <param name="Head">The output.</param>
/// <param name="Targets">The range of each of its targets.</param>
/// <param name="ClassCounts">How often each class occurs; empty where its targets are numbers.</param>
/// <param name="Association">How much of the target each feature tells alone: R² of a line, or the share of its variance between classes; empty where unknown.</param>
internal sealed record HeadFacts(Head Head, ColumnFacts[] Targets, int[] ClassCounts, double[] Association)
{
    /// <param name="data">The samples.</param>
    /// <param name="targets">The ranges of the targets of all outputs.</param>
    /// <param name="head">The output.</param>
    /// <param name="step">One row in so many is looked at for associations.</param>
    public static HeadFacts Of(Dataset data, ColumnFacts[] targets, Head head, int step) => new(
        head,
        targets[head.TargetOffset..(head.TargetOffset + head.TargetSize)],
        CountClasses(data, head),
        head.IsClassifier ? Associations.WithClasses(data, head, step) : head.TargetSize == 1 ? Associations.WithNumbers(data, head, step) : []);

    private static int[] CountClasses(Dataset data, Head head)
    {
        int[] counts = new int[head.Classes];
        for (int row = 0; row < data.Count && counts.Length > 0; row++)
        {
            // A sequence may have a class for each of its steps.
            ReadOnlySpan<float> target = head.TargetOf(data, row);
            int size = head.Kind == LabelKind.Index ? 1 : target.Length;
            for (int first = 0; first < target.Length; first += size)
            {
                int label = head.ClassOf(target.Slice(first, size));
                if ((uint)label < (uint)counts.Length)
                {
                    counts[label]++;
                }
            }
        }

        return counts;
    }
}
