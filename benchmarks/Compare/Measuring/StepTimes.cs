using System.Diagnostics;

namespace Unroll.Benchmarks;

/// <summary>Notes when each step of a <c>Fit</c> ended.</summary>
/// <remarks>
/// From the end of one step to the end of the next passes all that a user waits for: choosing and gathering the batch, forward, loss,
/// backward, optimizer, the running loss.
/// </remarks>
internal sealed class StepTimes(int capacity) : Callback
{
    private const int Groups = 10;

    private readonly long[] _ends = new long[capacity];
    private int _count;

    public override void OnBatchEnd(TrainingContext context) => _ends[_count++] = Stopwatch.GetTimestamp();

    /// <summary>The median, over ten groups of successive steps, of the mean time of one; without the first <paramref name="skip"/> steps.</summary>
    public double MedianMicroseconds(int skip = 1)
    {
        int steps = _count - skip;
        int groups = Math.Min(Groups, steps);
        double[] means = new double[groups];
        for (int group = 0; group < groups; group++)
        {
            int from = skip - 1 + (group * steps / groups);
            int to = skip - 1 + ((group + 1) * steps / groups);
            means[group] = Stopwatch.GetElapsedTime(_ends[from], _ends[to]).TotalMicroseconds / (to - from);
        }

        return Statistics.Median(means);
    }
}
