using System.Runtime.CompilerServices;
using Unroll.Measures;

namespace Unroll;

/// <summary>The share of right answers, called <c>accuracy</c>.</summary>
/// <remarks>
/// What is right follows from the shapes, as Keras resolves <c>"accuracy"</c>: with one output, whether
/// <c>(p &gt; 0.5) = y</c>; with several outputs and one target value, whether the label is the index of the largest output; else whether
/// the largest output and the largest target value have the same index. The first of equally large values counts. Under a binary
/// cross-entropy several outputs are several answers, and the share of right ones among them is taken, as <see cref="BinaryAccuracy"/>
/// does; Keras takes the largest there too.
/// </remarks>
/// <example><code>model.Compile(new Adam(), new SparseCategoricalCrossentropy(), new Accuracy());</code></example>
public sealed class Accuracy : Metric
{
    private bool _isBinary;
    private double _right;
    private double _weight;

    /// <inheritdoc/>
    protected override string DefaultName => "accuracy";

    /// <inheritdoc/>
    public override bool? HigherIsBetter => true;

    /// <inheritdoc/>
    public override float Result => _weight == 0 ? 0f : (float)(_right / _weight);

    /// <inheritdoc/>
    public override string? FindFault(ReadOnlySpan<float> target, int outputs) =>
        FaultOfLength(target, outputs);

    /// <inheritdoc/>
    public override void Reset() => _right = _weight = 0;

    internal override bool AddTo(MetricSums sums)
    {
        sums.Add(ref _right);
        sums.Add(ref _weight);
        return true;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The target is neither as long as the prediction nor one label.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Update(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, float weight = 1f)
    {
        RequireTargetOrLabel(prediction, target);
        _right += weight * (_isBinary && target.Length > 1
            ? BinaryAccuracy.ShareOfRight(prediction, target, threshold: 0.5f)
            : IsRight(prediction, target) ? 1f : 0f);
        _weight += weight;
    }

    internal override void Begin(bool isBinary)
    {
        _isBinary = isBinary;
        Reset();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void UpdateRows(in OutputRows rows)
    {
        if ((_isBinary && rows.Columns > 1) || !rows.Mask.IsEmpty)
        {
            base.UpdateRows(rows);
            return;
        }

        RequireTargetOrLabel(rows.Output(0), rows.Target(0));
        int right = 0;
        for (int row = 0; row < rows.Count; row++)
        {
            right += IsRight(rows.Output(row), rows.Target(row)) ? 1 : 0;
        }

        _right += right;
        _weight += rows.Count;
    }

    // No branch depends on a prediction: while a network learns, it could only be mispredicted.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsRight(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target)
    {
        if (prediction.Length == 1)
        {
            bool isPositive = prediction[0] > 0.5f;
            return (isPositive & target[0] == 1f) | (!isPositive & target[0] == 0f);
        }

        return IsFirstOfLargest(prediction, target.Length == 1 ? target[0] : Probability.IndexOfLargest(target));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsFirstOfLargest(ReadOnlySpan<float> values, float index)
    {
        int label = (int)index;
        if (label != index || (uint)label >= (uint)values.Length)
        {
            return false;
        }

        float value = values[label];
        bool isBeaten = false;
        for (int i = 0; i < values.Length; i++)
        {
            isBeaten |= !(values[i] <= value) | (values[i] == value & i < label);
        }

        return !isBeaten;
    }
}
