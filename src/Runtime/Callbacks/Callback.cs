namespace Unroll;

/// <summary>Something to do while <c>Fit</c> runs. Derive from it to write your own; every method does nothing by default.</summary>
/// <remarks>
/// Calls come on the thread that called <c>Fit</c>. Logs hold the running <c>loss</c> and metrics; at the end of an epoch also
/// <c>val_loss</c> and the other validation values.
/// </remarks>
public abstract class Callback
{
    /// <summary>Before the first epoch.</summary>
    public virtual void OnTrainBegin(TrainingContext context)
    {
    }

    /// <summary>Before each epoch; <see cref="TrainingContext.Epoch"/> counts from 0.</summary>
    public virtual void OnEpochBegin(TrainingContext context)
    {
    }

    /// <summary>Before each batch; <see cref="TrainingContext.Batch"/> counts from 0.</summary>
    public virtual void OnBatchBegin(TrainingContext context)
    {
    }

    /// <summary>After each batch and its update.</summary>
    public virtual void OnBatchEnd(TrainingContext context)
    {
    }

    /// <summary>After each epoch and its validation.</summary>
    public virtual void OnEpochEnd(TrainingContext context)
    {
    }

    /// <summary>After the last epoch, also when training stopped early; not after an exception.</summary>
    public virtual void OnTrainEnd(TrainingContext context)
    {
    }

    /// <summary>After every callback's <see cref="OnTrainBegin"/>: may move training to where an earlier one was interrupted.</summary>
    internal virtual void Resume(TrainingContext context, FitProgress progress)
    {
    }

    /// <summary>After every callback's <see cref="OnEpochEnd"/>: the place to write down what a later training would resume from.</summary>
    internal virtual void Secure(TrainingContext context, FitProgress progress)
    {
    }

    /// <summary>Writes down what the callback remembers from epoch to epoch; nothing by default.</summary>
    internal virtual void CaptureState(CallbackState state)
    {
    }

    /// <summary>Takes back what <see cref="CaptureState"/> wrote; called after <see cref="OnTrainBegin"/>.</summary>
    /// <exception cref="InvalidDataException">Something is missing or has another length.</exception>
    internal virtual void RestoreState(TrainingContext context, CallbackState state)
    {
    }
}
