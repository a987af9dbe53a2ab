using Unroll.Arguments;
using Unroll.Measures;

namespace Unroll.Metrics;

/// <summary>The weights of right and wrong positive answers, the counts behind <see cref="Precision"/> and <see cref="Recall"/>.</summary>
internal sealed class PositiveCounts
{
    private readonly float _threshold;
    private readonly int? _topK;
    private readonly int? _classId;

    public PositiveCounts(float? threshold, int? topK, int? classId)
    {
        // With a top k alone every one of the k largest values is a positive answer, as in Keras.
        _threshold = threshold is float given
            ? Require.InUnitInterval(given, nameof(threshold))
            : topK is null ? 0.5f : float.NegativeInfinity;
        _topK = topK is int k ? Require.AtLeast(1, k, nameof(topK)) : null;
        _classId = classId is int id ? Require.AtLeast(0, id, nameof(classId)) : null;
    }

    private PositiveCounts(PositiveCounts settings)
    {
        _threshold = settings._threshold;
        _topK = settings._topK;
        _classId = settings._classId;
    }

    public double TruePositives { get; private set; }

    public double FalsePositives { get; private set; }

    public double FalseNegatives { get; private set; }

    /// <summary>Counts with the same settings and nothing counted.</summary>
    public PositiveCounts Copy() => new(this);

    /// <summary>Why a prediction of so many values cannot be counted, or null.</summary>
    public string? FindFault(int outputs) => _classId >= outputs ? $"class {_classId} is not in 0..{outputs - 1}" : null;

    public void Reset() => TruePositives = FalsePositives = FalseNegatives = 0;

    public void AddTo(MetricSums sums)
    {
        (double right, double wrong, double missed) = (TruePositives, FalsePositives, FalseNegatives);
        sums.Add(ref right);
        sums.Add(ref wrong);
        sums.Add(ref missed);
        (TruePositives, FalsePositives, FalseNegatives) = (right, wrong, missed);
    }

    public void Add(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, float weight)
    {
        if (_classId >= prediction.Length)
        {
            throw new ArgumentException($"Class {_classId} is not in 0..{prediction.Length - 1}.", nameof(prediction));
        }

        int first = _classId ?? 0;
        int end = _classId is int id ? id + 1 : prediction.Length;
        for (int i = first; i < end; i++)
        {
            bool answer = prediction[i] > _threshold && (_topK is not int k || IsAmongLargest(prediction, i, k));
            bool truth = ClassTarget.ValueOf(target, prediction.Length, i) != 0f;
            TruePositives += answer && truth ? weight : 0f;
            FalsePositives += answer && !truth ? weight : 0f;
            FalseNegatives += !answer && truth ? weight : 0f;
        }
    }

    // Of equal values the earlier ones come first.
    private static bool IsAmongLargest(ReadOnlySpan<float> values, int index, int k)
    {
        int before = 0;
        for (int i = 0; i < values.Length; i++)
        {
            before += values[i] > values[index] || (values[i] == values[index] && i < index) ? 1 : 0;
        }

        return before < k;
    }
}
