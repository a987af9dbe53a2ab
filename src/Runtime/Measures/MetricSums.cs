namespace Unroll.Measures;

/// <summary>The sums behind metrics, to be added up over processes: the same walk collects them, and afterwards replaces them.</summary>
internal sealed class MetricSums
{
    private readonly List<double> _own = [];
    private double[]? _all;
    private int _next;

    /// <summary>What was collected, to be added up in place; from now on values are replaced by these.</summary>
    public double[] Share() => _all = [.. _own];

    public void Add(ref double value)
    {
        if (_all is null)
        {
            _own.Add(value);
        }
        else
        {
            value = _all[_next++];
        }
    }

    public void Add(Span<double> values)
    {
        foreach (ref double value in values)
        {
            Add(ref value);
        }
    }
}
