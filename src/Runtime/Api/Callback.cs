using Unroll.Fitting;

namespace Unroll;

/// <summary>Something to do while <c>Fit</c> runs. Derive from it to write your own; every method does nothing by default.</summary>
/// <remarks>
/// Calls come on the thread that called <c>Fit</c>. Logs hold the running <c>loss</c> and metrics; at the end of an epoch also
/// <c>val_loss</c> and the other validation values. What a callback remembers from epoch to epoch becomes part of the backups of
/// <see cref="BackupAndRestore"/> by <see cref="CaptureState"/> and <see cref="RestoreState"/>.
/// </remarks>
/// <example><code>
/// sealed class Patience(int epochs) : Callback
/// {
///     private float _best = float.PositiveInfinity;
///     private int _worse;
///
///     public override void OnEpochEnd(TrainingContext context)
///     {
///         float loss = context.Logs["loss"];
///         _worse = loss &lt; _best ? 0 : _worse + 1;
///         _best = MathF.Min(_best, loss);
///         context.StopTraining |= _worse == epochs;
///     }
///
///     public override void CaptureState(CallbackState state)
///     {
///         state.Add("best", _best);
///         state.Add("worse", _worse);
///     }
///
///     public override void RestoreState(TrainingContext context, CallbackState state)
///     {
///         _best = state.Number("best");
///         _worse = (int)state.Number("worse");
///     }
/// }
/// </code></example>
public abstract class Callback
{
    private object? _training;

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

    /// <summary>
    /// Before each update: whether <see cref="TrainingContext.UpdateNorms"/> shall be measured for it. False by default, and nothing is
    /// measured where all callbacks say so.
    /// </summary>
    public virtual bool WantsUpdateNorms(TrainingContext context) => false;

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

    /// <summary>
    /// In place of <see cref="OnTrainEnd"/> where an exception ends <c>Fit</c>, a cancellation included; it is thrown on afterwards. Not called where
    /// <see cref="OnTrainBegin"/> was not, or threw.
    /// </summary>
    /// <param name="context">How far training was.</param>
    /// <param name="exception">What ends it.</param>
    public virtual void OnTrainFailed(TrainingContext context, Exception exception)
    {
    }

    /// <summary>When training has something to say that does not end it; <see cref="Model.Warning"/> says it too.</summary>
    public virtual void OnWarning(TrainingContext context, string message)
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

    /// <summary>Whether the object remembers one training, and so cannot take part in two at the same time.</summary>
    internal virtual bool IsExclusive => false;

    /// <summary>The file it writes while training runs, which no other callback may write; null where there is none.</summary>
    internal virtual string? WrittenFile => null;

    /// <summary>Takes part in a training; false where it does so in another and <see cref="IsExclusive"/>.</summary>
    internal bool TryJoin(object training) => !IsExclusive || Interlocked.CompareExchange(ref _training, training, null) is null;

    /// <summary>Ends what <see cref="TryJoin"/> began.</summary>
    internal void Leave() => _training = null;

    /// <summary>
    /// Writes down what the callback remembers from epoch to epoch, for <see cref="BackupAndRestore"/>; nothing by default.
    /// </summary>
    /// <param name="state">Receives it, by names of the callback's own.</param>
    public virtual void CaptureState(CallbackState state)
    {
    }

    /// <summary>
    /// Takes back what <see cref="CaptureState"/> wrote when an interrupted training goes on; called after <see cref="OnTrainBegin"/>, and
    /// only where something was written.
    /// </summary>
    /// <exception cref="InvalidDataException">Something is missing or has another length.</exception>
    public virtual void RestoreState(TrainingContext context, CallbackState state)
    {
    }
}
