using Unroll.Arguments;
using Unroll.Compiled;

namespace Unroll.Running;

/// <summary>A measurement that has its model's metrics to itself until it ends: metrics may be those of several models.</summary>
internal sealed class MetricUse : IDisposable
{
    private readonly List<Metric> _taken = [];

    private MetricUse()
    {
    }

    /// <returns>null where another measurement has one of the metrics, which is then <paramref name="inUse"/>.</returns>
    public static MetricUse? TryBegin(OutputGoal[] goals, out Metric? inUse)
    {
        var use = new MetricUse();
        foreach (Metric metric in goals.SelectMany(static goal => goal.Metrics))
        {
            if (!metric.TryTake())
            {
                use.Dispose();
                inUse = metric;
                return null;
            }

            use._taken.Add(metric);
        }

        inUse = null;
        return use;
    }

    /// <exception cref="InvalidOperationException">Another measurement has one of the metrics.</exception>
    public static MetricUse Begin(OutputGoal[] goals) => TryBegin(goals, out Metric? inUse) ?? throw new InvalidOperationException(
        $"The metric '{NameList.Shortened(inUse!.Name)}' is in use by another training or evaluation that has not ended. Compile each model with metrics of its own.");

    public void Dispose()
    {
        _taken.ForEach(static metric => metric.Release());
        _taken.Clear();
    }
}
