using Unroll.Arguments;
using Unroll.Measures;

namespace Unroll;

/// <summary>
/// The area under the ROC or the precision-recall curve, from answers counted in evenly spaced thresholds. Called <c>auc</c>.
/// </summary>
/// <remarks>
/// Every predicted value is an answer of its own, its target positive if it is not 0; one label as the target of several outputs stands
/// for its one-hot vector. The ROC area is summed by trapezoids; the precision-recall area interpolates the counts, not the precision
/// (Davis and Goadrich, 2006). Definition: <c>keras.metrics.AUC</c> (Keras 3) with its default summation.
/// </remarks>
/// <example><code>model.Compile(new Adam(), new BinaryCrossentropy(), new AUC());</code></example>
public sealed class AUC : Metric
{
    private readonly AucCurve _curve;
    private readonly bool _fromLogits;
    private readonly double[] _positives;
    private readonly double[] _negatives;

    /// <summary>Chooses the curve and how finely it is drawn.</summary>
    /// <param name="numThresholds">The number of thresholds from 0 to 1, at least 2.</param>
    /// <param name="curve">The curve.</param>
    /// <param name="fromLogits">Whether the predictions are logits, to which the sigmoid is applied first.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 thresholds, or the curve is unknown.</exception>
    public AUC(int numThresholds = 200, AucCurve curve = AucCurve.Roc, bool fromLogits = false)
    {
        _positives = new double[Require.AtLeast(2, numThresholds)];
        _negatives = new double[numThresholds];
        _curve = Require.Defined(curve);
        _fromLogits = fromLogits;
    }

    /// <inheritdoc/>
    protected override string DefaultName => "auc";

    /// <inheritdoc/>
    public override bool? HigherIsBetter => true;

    /// <inheritdoc/>
    public override float Result => (float)(_curve == AucCurve.Roc ? RocArea() : PrecisionRecallArea());

    /// <inheritdoc/>
    public override string? FindFault(ReadOnlySpan<float> target, int outputs) =>
        FaultOfLength(target, outputs);

    /// <inheritdoc/>
    public override void Reset()
    {
        Array.Clear(_positives);
        Array.Clear(_negatives);
    }

    internal override bool AddTo(MetricSums sums)
    {
        sums.Add(_positives);
        sums.Add(_negatives);
        return true;
    }

    /// <inheritdoc/>
    protected internal override Metric Copy() => new AUC(_positives.Length, _curve, _fromLogits) { Name = Name };

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The target is neither as long as the prediction nor one label.</exception>
    public override void Update(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, float weight = 1f)
    {
        RequireTargetOrLabel(prediction, target);
        for (int i = 0; i < prediction.Length; i++)
        {
            float p = Math.Clamp(_fromLogits ? Probability.Sigmoid(prediction[i]) : prediction[i], 0f, 1f);

            // The last threshold that p exceeds; every p exceeds the first one, which lies just below 0.
            int exceeded = Math.Max((int)MathF.Ceiling(p * (_positives.Length - 1)) - 1, 0);
            double[] counts = ClassTarget.ValueOf(target, prediction.Length, i) != 0f ? _positives : _negatives;
            counts[exceeded] += weight;
        }
    }

    private double RocArea()
    {
        double allPositives = _positives.Sum();
        double allNegatives = _negatives.Sum();
        if (allPositives == 0 || allNegatives == 0)
        {
            return 0;
        }

        double area = 0;
        double truePositives = 0;
        for (int i = _positives.Length - 1; i >= 0; i--)
        {
            area += _negatives[i] * (truePositives + (_positives[i] / 2));
            truePositives += _positives[i];
        }

        return area / (allPositives * allNegatives);
    }

    private double PrecisionRecallArea()
    {
        double allPositives = _positives.Sum();
        double area = 0;
        double truePositives = 0;
        double answers = 0;
        for (int i = _positives.Length - 1; i >= 0; i--)
        {
            double more = _positives[i] + _negatives[i];
            if (more > 0)
            {
                double slope = _positives[i] / more;
                double intercept = truePositives - (slope * answers);
                double logarithm = answers > 0 ? Math.Log((answers + more) / answers) : 0;
                area += slope * (_positives[i] + (intercept * logarithm));
            }

            truePositives += _positives[i];
            answers += more;
        }

        return allPositives == 0 ? 0 : area / allPositives;
    }
}
