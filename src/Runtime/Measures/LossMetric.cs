namespace Unroll.Measures;

/// <summary>A loss watched as a metric: the mean of the loss of each vector, weighted by the samples' weights.</summary>
internal sealed class LossMetric : Metric
{
    private readonly Loss _loss;
    private readonly bool _negated;
    private double _total;
    private double _weight;

    /// <param name="loss">The loss.</param>
    /// <param name="negated">Whether the metric is the loss without its minus, so that larger is better.</param>
    public LossMetric(Loss loss, bool negated = false)
    {
        _loss = loss;
        _negated = negated;
    }

    protected override string DefaultName => _loss.Name;

    public override bool? HigherIsBetter => _negated;

    public override float Result => _weight == 0 ? 0f : (float)(_total / _weight);

    public override string? FindFault(ReadOnlySpan<float> target, int outputs) => target.Length == _loss.TargetSizeFor(outputs)
        ? _loss.FindFault(target, outputs)
        : $"it expects {_loss.TargetSizeFor(outputs)} target values for {outputs} predicted ones, but got {target.Length}";

    public override void Reset() => _total = _weight = 0;

    internal override bool AddTo(MetricSums sums)
    {
        sums.Add(ref _total);
        sums.Add(ref _weight);
        return true;
    }

    public override void Update(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, float weight = 1f)
    {
        double loss = _loss.Evaluate(prediction, target, []);
        _total += weight * (_negated ? -loss : loss);
        _weight += weight;
    }
}
