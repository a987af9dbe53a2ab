namespace Unroll;

/// <summary>A loss watched as a metric: the mean of the loss of each vector, weighted by the samples' weights.</summary>
internal sealed class LossMetric : Metric
{
    private readonly Loss _loss;
    private double _total;
    private double _weight;

    public LossMetric(Loss loss)
    {
        _loss = loss;
    }

    public override string Name => _loss.Name;

    public override bool? HigherIsBetter => false;

    public override float Result => _weight == 0 ? 0f : (float)(_total / _weight);

    public override void Reset() => _total = _weight = 0;

    public override void Update(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, float weight = 1f)
    {
        _total += weight * (double)_loss.Evaluate(prediction, target, []);
        _weight += weight;
    }
}
