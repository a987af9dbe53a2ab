using Unroll.Compiled;
using Unroll.Measures;

namespace Unroll.Clusters;

/// <summary>Makes metrics that each saw the samples of one rank what they would be had each seen those of all.</summary>
internal static class SharedMetrics
{
    /// <param name="cluster">The ranks.</param>
    /// <param name="goals">The metrics, the same on all ranks.</param>
    /// <param name="sums">What else is to be added up.</param>
    /// <param name="samples">How many this rank has seen.</param>
    /// <returns>
    /// The results of metrics whose sums are not known, as those of the user's: the mean of the ranks' results, weighted by samples.
    /// </returns>
    public static Dictionary<Metric, float> Sum(ITrainingCluster cluster, OutputGoal[] goals, Span<double> sums, double samples)
    {
        var ranks = new MetricSums();
        double all = samples;
        Dictionary<Metric, float> means = Pass(ranks, goals, sums, ref all);
        cluster.AllReduce(ranks.Share());
        means = Pass(ranks, goals, sums, ref all);
        return all == samples ? [] : means;
    }

    // Once to collect what this rank has, once to take what all have.
    private static Dictionary<Metric, float> Pass(MetricSums ranks, OutputGoal[] goals, Span<double> sums, ref double samples)
    {
        double own = samples;
        ranks.Add(ref samples);
        ranks.Add(sums);
        var means = new Dictionary<Metric, float>(ReferenceEqualityComparer.Instance);
        foreach (Metric metric in goals.SelectMany(static goal => goal.Metrics))
        {
            if (!metric.AddTo(ranks))
            {
                double sum = own == 0 ? 0 : metric.Result * own;
                ranks.Add(ref sum);
                means.Add(metric, (float)(sum / samples));
            }
        }

        return means;
    }
}
