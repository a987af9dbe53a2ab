using Unroll.Arguments;
using Unroll.Measures;

namespace Unroll;

/// <summary>
/// The harmonic mean of precision and recall, <c>2·P·R/(P + R)</c> with <c>P = TP/(TP + FP)</c> and <c>R = TP/(TP + FN)</c>. Called
/// <c>f1_score</c>.
/// </summary>
/// <remarks>
/// Target: as long as the prediction (one-hot or several classes at once), or one label. Definition: <c>keras.metrics.F1Score</c>
/// (Keras 3), whose every denominator is 1e-7 larger; its default there, one score a class, is <see cref="PerClass"/> here.
/// </remarks>
/// <example><code>model.Compile(new Adam(), new SparseCategoricalCrossentropy(), new F1Score());</code></example>
public sealed class F1Score : Metric
{
    private const double Epsilon = 1e-7;

    private readonly ClassAverage _average;
    private readonly float? _threshold;
    private double[] _truePositives = [];
    private double[] _falsePositives = [];
    private double[] _falseNegatives = [];
    private bool _hasSeen;

    /// <summary>Chooses the average and which answers are positive.</summary>
    /// <param name="average">How the scores of the classes become one.</param>
    /// <param name="threshold">
    /// The value a positive answer exceeds, in (0, 1]; without one the largest value of a vector is the only positive answer, so a network
    /// with one output needs one.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The average is unknown or the threshold not in (0, 1].</exception>
    public F1Score(ClassAverage average = ClassAverage.Macro, float? threshold = null)
    {
        _average = Require.Defined(average);
        _threshold = threshold is float given
            ? Require.Positive(Require.InUnitInterval(given, nameof(threshold)), nameof(threshold))
            : null;
    }

    /// <inheritdoc/>
    protected override string DefaultName => "f1_score";

    /// <inheritdoc/>
    public override bool? HigherIsBetter => true;

    /// <summary>The score of each class; empty before anything was seen.</summary>
    public IReadOnlyList<float> PerClass => [.. Enumerable.Range(0, _truePositives.Length).Select(i => (float)ScoreOf(i))];

    /// <inheritdoc/>
    public override float Result => _truePositives.Length == 0 ? 0f : _average switch
    {
        ClassAverage.Micro => (float)Score(_truePositives.Sum(), _falsePositives.Sum(), _falseNegatives.Sum()),
        ClassAverage.Weighted => (float)WeightedScore(),
        _ => PerClass.Average(),
    };

    /// <inheritdoc/>
    public override string? FindFault(ReadOnlySpan<float> target, int outputs) =>
        outputs == 1 && _threshold is null
            ? "it expects a threshold where the network has one output, or every answer is positive: new F1Score(threshold: 0.5f)"
            : FaultOfLength(target, outputs);

    /// <inheritdoc/>
    public override void Reset()
    {
        // As long as before: processes that see nothing until the sums are added up have as many.
        Array.Clear(_truePositives);
        Array.Clear(_falsePositives);
        Array.Clear(_falseNegatives);
        _hasSeen = false;
    }

    internal override bool AddTo(MetricSums sums)
    {
        sums.Add(_truePositives);
        sums.Add(_falsePositives);
        sums.Add(_falseNegatives);
        return true;
    }

    /// <inheritdoc/>
    protected internal override Metric Copy() => new F1Score(_average, _threshold) { Name = Name };

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">
    /// The target is neither as long as the prediction nor one label, or the number of classes changed.
    /// </exception>
    public override void Update(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, float weight = 1f)
    {
        RequireTargetOrLabel(prediction, target);
        if (!_hasSeen && _truePositives.Length != prediction.Length)
        {
            _truePositives = new double[prediction.Length];
            _falsePositives = new double[prediction.Length];
            _falseNegatives = new double[prediction.Length];
        }

        _hasSeen = true;
        RequireClasses(_truePositives.Length, prediction);
        float largest = prediction[Probability.IndexOfLargest(prediction)];
        for (int i = 0; i < prediction.Length; i++)
        {
            // A vector of zeros names no class although each of its values is the largest.
            bool answer = _threshold is float threshold
                ? prediction[i] > threshold
                : prediction[i] >= largest && MathF.Abs(prediction[i]) > 1e-9f;
            float truth = ClassTarget.ValueOf(target, prediction.Length, i);
            _truePositives[i] += answer ? weight * truth : 0f;
            _falsePositives[i] += answer ? weight * (1f - truth) : 0f;
            _falseNegatives[i] += answer ? 0f : weight * truth;
        }
    }

    private static double Score(double truePositives, double falsePositives, double falseNegatives)
    {
        double precision = truePositives / (truePositives + falsePositives + Epsilon);
        double recall = truePositives / (truePositives + falseNegatives + Epsilon);
        return 2 * precision * recall / (precision + recall + Epsilon);
    }

    private double ScoreOf(int index) => Score(_truePositives[index], _falsePositives[index], _falseNegatives[index]);

    private double WeightedScore()
    {
        double score = 0;
        double occurrences = 0;
        for (int i = 0; i < _truePositives.Length; i++)
        {
            double ofClass = _truePositives[i] + _falseNegatives[i];
            score += ofClass * ScoreOf(i);
            occurrences += ofClass;
        }

        return score / (occurrences + Epsilon);
    }
}
