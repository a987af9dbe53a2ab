using Unroll.Arguments;
using Unroll.Measures;

namespace Unroll;

/// <summary>The share of right answers where every output is one: <c>(p &gt; threshold) = y</c>. Called <c>binary_accuracy</c>.</summary>
/// <remarks>
/// Target: as long as the prediction, of zeros and ones. The mean over the outputs of a vector, then over the vectors. Definition:
/// <c>keras.metrics.BinaryAccuracy</c> (Keras 3).
/// </remarks>
/// <example><code>model.Compile(new Adam(), new BinaryCrossentropy(), new BinaryAccuracy(threshold: 0.3f));</code></example>
public sealed class BinaryAccuracy : Metric
{
    private readonly float _threshold;
    private double _right;
    private double _weight;

    /// <summary>Chooses which answers are positive.</summary>
    /// <param name="threshold">The value to exceed, in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not in [0, 1].</exception>
    public BinaryAccuracy(float threshold = 0.5f)
    {
        _threshold = Require.InUnitInterval(threshold);
    }

    /// <inheritdoc/>
    protected override string DefaultName => "binary_accuracy";

    /// <inheritdoc/>
    public override bool? HigherIsBetter => true;

    /// <inheritdoc/>
    public override float Result => _weight == 0 ? 0f : (float)(_right / _weight);

    /// <inheritdoc/>
    public override string? FindFault(ReadOnlySpan<float> target, int outputs) => FaultOfPairs(target, outputs);

    /// <inheritdoc/>
    public override void Reset() => _right = _weight = 0;

    internal override bool AddTo(MetricSums sums)
    {
        sums.Add(ref _right);
        sums.Add(ref _weight);
        return true;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The target is not as long as the prediction.</exception>
    public override void Update(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, float weight = 1f)
    {
        if (FaultOfPairs(target, prediction.Length) is string fault)
        {
            throw new ArgumentException($"{Name}: {fault}.", nameof(target));
        }

        _right += weight * ShareOfRight(prediction, target, _threshold);
        _weight += weight;
    }

    internal static float ShareOfRight(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, float threshold)
    {
        int right = 0;
        for (int i = 0; i < prediction.Length; i++)
        {
            right += target[i] == (prediction[i] > threshold ? 1f : 0f) ? 1 : 0;
        }

        return (float)right / prediction.Length;
    }
}
