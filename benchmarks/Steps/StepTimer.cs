using System.Diagnostics;

namespace Unroll.Benchmarks;

/// <summary>Remembers the fastest step of a training, in microseconds.</summary>
internal sealed class StepTimer : Callback
{
    private long _start;

    public double Best { get; private set; } = double.PositiveInfinity;

    public override void OnBatchBegin(TrainingContext context) => _start = Stopwatch.GetTimestamp();

    public override void OnBatchEnd(TrainingContext context) =>
        Best = Math.Min(Best, Stopwatch.GetElapsedTime(_start).TotalMicroseconds);
}
