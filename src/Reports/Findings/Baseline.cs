using Unroll.Reports.Record;

namespace Unroll.Reports.Findings;

/// <summary>The loss of the best answer that does not look at the features: what learning must beat.</summary>
internal static class Baseline
{
    /// <returns>NaN where it is not known: another loss, weighted samples, a sequence of batches.</returns>
    public static double Of(TrainingRecord record)
    {
        if (record.Training is not { HasWeights: false } data || record.Losses.Count != 1)
        {
            return double.NaN;
        }

        return record.Losses[0] switch
        {
            // The entropy of the class frequencies.
            SparseCategoricalCrossentropy or CategoricalCrossentropy => Entropy(data),
            BinaryCrossentropy => data.Targets.Average(static target => Entropy(target.Mean) + Entropy(1 - target.Mean)),

            // The variance of the targets.
            MeanSquaredError => data.Targets.Average(static target => target.Deviation * target.Deviation),
            _ => double.NaN,
        };
    }

    private static double Entropy(DataFacts data) => data.ClassCounts.Sum(count => Entropy((double)count / data.Count));

    private static double Entropy(double share) => share > 0 ? -share * Math.Log(share) : 0;
}
