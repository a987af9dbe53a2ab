namespace Unroll.Fitting;

/// <summary>Who hears how a <c>Fit</c> goes: the callbacks, of which training itself knows nothing.</summary>
/// <param name="hasListeners">Whether there is one: without, nobody needs to be told of every batch.</param>
internal abstract class TrainingEvents(bool hasListeners)
{
    public bool HasListeners => hasListeners;

    /// <summary>What of them belongs into a backup.</summary>
    public abstract IReadOnlyList<BackupPart> BackupParts { get; }

    public abstract void TrainBegin();

    public abstract void TrainEnd();

    public abstract void EpochBegin();

    public abstract void EpochEnd();

    public abstract void BatchBegin();

    public abstract void BatchEnd();

    /// <summary>Whether one of them wants to know how large the update of this batch is.</summary>
    public abstract bool WantUpdateNorms();

    /// <summary>Before the first epoch: puts a training that was interrupted where it was.</summary>
    public abstract void Resume(FitProgress progress);

    /// <summary>After every epoch: keeps what it takes to go on from here.</summary>
    public abstract void Secure(FitProgress progress);

    public abstract void Fail(Exception exception);

    /// <summary>Says something that does not end training.</summary>
    public abstract void Warn(string message);
}
