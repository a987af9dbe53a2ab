using Unroll.Measures;
using Unroll.Metrics;

namespace Unroll;

/// <summary>The share of the positives that were found, <c>TP/(TP + FN)</c>; 0 where there is none. Called <c>recall</c>.</summary>
/// <remarks>
/// Every predicted value is an answer of its own, positive above the threshold; its target is positive if it is not 0. One label as the
/// target of several outputs stands for its one-hot vector. Definition: <c>keras.metrics.Recall</c> (Keras 3) with one threshold.
/// </remarks>
/// <example><code>model.Compile(new Adam(), new BinaryCrossentropy(), new Precision(), new Recall());</code></example>
public sealed class Recall : Metric
{
    private readonly PositiveCounts _counts;

    /// <summary>Chooses which answers are positive.</summary>
    /// <param name="threshold">The value to exceed, in [0, 1]; by default 0.5, or none where <paramref name="topK"/> is given.</param>
    /// <param name="topK">Only the k largest values of a vector can be positive.</param>
    /// <param name="classId">Only this output is looked at.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public Recall(float? threshold = null, int? topK = null, int? classId = null)
    {
        _counts = new PositiveCounts(threshold, topK, classId);
    }

    private Recall(PositiveCounts counts)
    {
        _counts = counts;
    }

    /// <inheritdoc/>
    protected override string DefaultName => "recall";

    /// <inheritdoc/>
    public override bool? HigherIsBetter => true;

    /// <inheritdoc/>
    public override float Result => _counts.TruePositives == 0
        ? 0f
        : (float)(_counts.TruePositives / (_counts.TruePositives + _counts.FalseNegatives));

    /// <inheritdoc/>
    public override string? FindFault(ReadOnlySpan<float> target, int outputs) =>
        FaultOfLength(target, outputs) ?? _counts.FindFault(outputs);

    /// <inheritdoc/>
    public override void Reset() => _counts.Reset();

    internal override bool AddTo(MetricSums sums)
    {
        _counts.AddTo(sums);
        return true;
    }

    /// <inheritdoc/>
    protected internal override Metric Copy() => new Recall(_counts.Copy()) { Name = Name };

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">
    /// The target is neither as long as the prediction nor one label, or there is no such class.
    /// </exception>
    public override void Update(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, float weight = 1f)
    {
        RequireTargetOrLabel(prediction, target);
        _counts.Add(prediction, target, weight);
    }
}
