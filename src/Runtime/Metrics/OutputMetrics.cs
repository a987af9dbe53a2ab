using System.Collections;
using System.Runtime.CompilerServices;

namespace Unroll;

/// <summary>What watches one output: any number of metrics, written as one metric or as a list, <c>[first, second]</c>.</summary>
[CollectionBuilder(typeof(OutputMetrics), nameof(Create))]
public sealed class OutputMetrics : IReadOnlyList<Metric>
{
    private readonly Metric[] _metrics;

    /// <summary>Takes some metrics together.</summary>
    public OutputMetrics(params ReadOnlySpan<Metric> metrics)
    {
        foreach (Metric metric in metrics)
        {
            ArgumentNullException.ThrowIfNull(metric, nameof(metrics));
        }

        _metrics = metrics.ToArray();
    }

    /// <inheritdoc/>
    public int Count => _metrics.Length;

    /// <inheritdoc/>
    public Metric this[int index] => _metrics[index];

    /// <summary>Called for <c>[first, second]</c>.</summary>
    public static OutputMetrics Create(ReadOnlySpan<Metric> metrics) => new(metrics);

    /// <summary>Lets a metric stand where an output has only one.</summary>
    public static implicit operator OutputMetrics(Metric metric) => new([metric]);

    /// <summary>Lets a loss stand where an output is watched by it only.</summary>
    public static implicit operator OutputMetrics(Loss loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return new([loss.ToMetric()]);
    }

    /// <inheritdoc/>
    public IEnumerator<Metric> GetEnumerator() => ((IEnumerable<Metric>)_metrics).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _metrics.GetEnumerator();
}
