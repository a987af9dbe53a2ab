using System.Diagnostics;
using Unroll.Running;

namespace Unroll.Fitting;

/// <summary>Where a <c>Fit</c> is and what it has measured so far: what callbacks see of it, and may change.</summary>
internal sealed class FitState(NetworkInstance instance, Logs logs, History history)
{
    private long _epochStart;
    private TimeSpan? _epochTime;

    public NetworkInstance Instance => instance;

    /// <summary>The values so far in this epoch.</summary>
    public Logs Logs => logs;

    /// <summary>The finished epochs.</summary>
    public History History => history;

    /// <summary>The current epoch, from 0.</summary>
    public int Epoch { get; set; }

    public required int Epochs { get; init; }

    /// <summary>The current batch of the epoch, from 0.</summary>
    public int Batch { get; set; }

    /// <summary>0 while it is not known.</summary>
    public required int BatchesPerEpoch { get; set; }

    /// <summary>Those of the latest update, where they were asked for.</summary>
    public IReadOnlyList<UpdateNorms> UpdateNorms { get; set; } = [];

    /// <summary>The samples to learn from; null for a sequence of batches.</summary>
    public Dataset? Training { get; init; }

    public Dataset? Validation { get; init; }

    /// <summary>0 for a sequence of batches.</summary>
    public int BatchSize { get; init; }

    /// <summary>Of shuffling and noise.</summary>
    public ulong Seed { get; init; }

    /// <summary>Whether training is to end after this epoch.</summary>
    public bool StopTraining { get; set; }

    /// <summary>Whether this process is the first of those that train together, or alone.</summary>
    public bool IsFirstRank { get; init; } = true;

    /// <summary>The time spent in this epoch so far.</summary>
    public TimeSpan EpochTime
    {
        get => _epochTime ?? Stopwatch.GetElapsedTime(_epochStart);
        set => _epochTime = value;
    }

    public void StartClock()
    {
        _epochStart = Stopwatch.GetTimestamp();
        _epochTime = null;
    }

    public void StopClock() => _epochTime = EpochTime;
}
