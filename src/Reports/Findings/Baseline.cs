using Unroll.Reports.Record;

namespace Unroll.Reports.Findings;

/// <summary>The losses of answers that do not look at the features; NaN where they are not known: another loss, weighted samples, steps that do not count, a sequence of batches.</summary>
/// <param name="Constant">That of the best constant answer: what learning must beat.</param>
/// <param name="Untrained">That of even chances, or of 0: about where training begins.</param>
internal readonly record struct Baseline(double Constant, double Untrained)
{
    private static readonly Baseline s_unknown = new(double.NaN, double.NaN);

    /// <summary>That of all outputs together, each as often as it counts.</summary>
    public static Baseline Of(TrainingRecord record) => record.Heads.Count == 0
        ? s_unknown
        : record.Heads.Where(static head => head.Weight > 0f).Aggregate(default(Baseline), (sum, head) =>
        {
            Baseline own = Of(record, head);
            return new Baseline(sum.Constant + (head.Weight * own.Constant), sum.Untrained + (head.Weight * own.Untrained));
        });

    /// <summary>That of one output.</summary>
    public static Baseline Of(TrainingRecord record, Head? head)
    {
        if (head is null or { HasMask: true } || record.Training is not { HasWeights: false } data)
        {
            return s_unknown;
        }

        HeadFacts facts = data.Heads.Single(facts => facts.Head == head);
        return head.Loss switch
        {
            // The entropy of the class frequencies.
            SparseCategoricalCrossentropy or CategoricalCrossentropy when head.Classes > 0 => new Baseline(Entropy(facts.ClassCounts), Math.Log(head.Classes)),
            BinaryCrossentropy => new Baseline(facts.Targets.Average(static target => Entropy(target.Mean) + Entropy(1 - target.Mean)), Math.Log(2)),

            // The variance of the targets.
            MeanSquaredError => new Baseline(
                facts.Targets.Average(static target => target.Deviation * target.Deviation), facts.Targets.Average(static target => target.Magnitude * target.Magnitude)),
            _ => s_unknown,
        };
    }

    private static double Entropy(int[] counts)
    {
        double all = counts.Sum();
        return counts.Sum(count => Entropy(count / all));
    }

    private static double Entropy(double share) => share > 0 ? -share * Math.Log(share) : 0;
}
