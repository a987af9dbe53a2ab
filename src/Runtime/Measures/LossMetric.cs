namespace Unroll.Measures;

/// <summary>A loss watched as a metric: the mean of the loss of each vector, weighted by the samples' weights.</summary>
internal sealed class LossMetric : Metric
{
    private readonly Func<ReadOnlySpan<float>, ReadOnlySpan<float>, Span<float>, float> _evaluate;
    private readonly Func<ReadOnlySpan<float>, int, string?> _findFault;
    private readonly bool _negated;
    private double _total;
    private double _weight;

    /// <param name="name">The loss's.</param>
    /// <param name="evaluate">The loss of a prediction and its target, with no room for the gradient.</param>
    /// <param name="findFault">What is wrong with a target for so many predicted values; null where nothing is.</param>
    /// <param name="negated">Whether the metric is the loss without its minus, so that larger is better.</param>
    public LossMetric(
        string name,
        Func<ReadOnlySpan<float>, ReadOnlySpan<float>, Span<float>, float> evaluate,
        Func<ReadOnlySpan<float>, int, string?> findFault,
        bool negated)
    {
        DefaultName = name;
        _evaluate = evaluate;
        _findFault = findFault;
        _negated = negated;
    }

    protected override string DefaultName { get; }

    public override bool? HigherIsBetter => _negated;

    public override float Result => _weight == 0 ? 0f : (float)(_total / _weight);

    public override string? FindFault(ReadOnlySpan<float> target, int outputs) => _findFault(target, outputs);

    public override void Reset() => _total = _weight = 0;

    internal override bool AddTo(MetricSums sums)
    {
        sums.Add(ref _total);
        sums.Add(ref _weight);
        return true;
    }

    public override void Update(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, float weight = 1f)
    {
        double loss = _evaluate(prediction, target, []);
        _total += weight * (_negated ? -loss : loss);
        _weight += weight;
    }
}
