using Unroll.Arguments;
using Unroll.Measures;

namespace Unroll;

/// <summary>The share of vectors whose class is among the k largest outputs. Called <c>top_k_accuracy</c>.</summary>
/// <remarks>
/// Target: one label, or as long as the prediction with its largest value at the class. Outputs as large as the k-th count too.
/// Definition: <c>keras.metrics.TopKCategoricalAccuracy</c> and <c>SparseTopKCategoricalAccuracy</c> (Keras 3).
/// </remarks>
/// <example><code>model.Compile(new Adam(), new SparseCategoricalCrossentropy(), new Accuracy(), new TopKAccuracy(3));</code></example>
public sealed class TopKAccuracy : Metric
{
    private readonly int _k;
    private double _right;
    private double _weight;

    /// <summary>Chooses how many answers a vector has.</summary>
    /// <param name="k">The number of answers, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is less than 1.</exception>
    public TopKAccuracy(int k = 5)
    {
        _k = Require.AtLeast(1, k);
    }

    /// <inheritdoc/>
    protected override string DefaultName => "top_k_accuracy";

    /// <inheritdoc/>
    public override bool? HigherIsBetter => true;

    /// <inheritdoc/>
    public override float Result => _weight == 0 ? 0f : (float)(_right / _weight);

    /// <inheritdoc/>
    public override string? FindFault(ReadOnlySpan<float> target, int outputs) =>
        FaultOfClass(target, outputs, outputs);

    /// <inheritdoc/>
    public override void Reset() => _right = _weight = 0;

    internal override bool AddTo(MetricSums sums)
    {
        sums.Add(ref _right);
        sums.Add(ref _weight);
        return true;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The target is neither as long as the prediction nor one of its classes.</exception>
    public override void Update(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, float weight = 1f)
    {
        RequireTargetOrLabel(prediction, target);
        float ofClass = prediction[ClassTarget.IndexOf(target, prediction.Length)];
        int larger = 0;
        foreach (float p in prediction)
        {
            larger += p > ofClass ? 1 : 0;
        }

        _right += larger < _k ? weight : 0f;
        _weight += weight;
    }
}
