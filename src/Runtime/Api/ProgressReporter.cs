using System.Diagnostics;

namespace Unroll.Api;

/// <summary>Reports how training goes to a listener, at most ten times a second and at the end of each epoch.</summary>
internal sealed class ProgressReporter(IProgress<TrainingProgress> listener) : Callback
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    private long _reportedAt = Stopwatch.GetTimestamp();

    /// <summary>The options with a listener, who takes the place of a progress bar that was not asked for.</summary>
    public static FitOptions AddTo(FitOptions? options, IProgress<TrainingProgress>? listener)
    {
        options ??= new FitOptions();
        return listener is null
            ? options
            : options with
            {
                Callbacks = [.. options.Callbacks ?? [], new ProgressReporter(listener)],
                Verbose = options.Verbose ?? false,
            };
    }

    public override void OnBatchEnd(TrainingContext context)
    {
        if (Stopwatch.GetElapsedTime(_reportedAt) >= s_interval)
        {
            Report(context, isEndOfEpoch: false);
        }
    }

    public override void OnEpochEnd(TrainingContext context) => Report(context, isEndOfEpoch: true);

    private void Report(TrainingContext context, bool isEndOfEpoch)
    {
        _reportedAt = Stopwatch.GetTimestamp();
        listener.Report(new TrainingProgress
        {
            Epoch = context.Epoch,
            Epochs = context.Epochs,
            Batches = context.Batch + 1,
            BatchesPerEpoch = context.BatchesPerEpoch,
            IsEndOfEpoch = isEndOfEpoch,
            EpochTime = context.EpochTime,
            Logs = context.Logs.Copy(),
        });
    }
}
