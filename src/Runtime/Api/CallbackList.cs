using System.Runtime.CompilerServices;
using Unroll.Fitting;
using Unroll.Numerics;
using Unroll.Serialization;

namespace Unroll.Api;

/// <summary>The callbacks of one <c>Fit</c>, which belong to it until it ends.</summary>
internal sealed class CallbackList : TrainingEvents, IDisposable
{
    private const string Argument = "callbacks";

    private readonly Callback[] _callbacks;
    private readonly Action<string> _warn;

    // Warnings from before all callbacks have begun.
    private readonly List<string> _early = [];

    private int _joined;
    private int _begun;

    /// <param name="model">The model in training.</param>
    /// <param name="state">Where training is.</param>
    /// <param name="callbacks">In the order in which they are called.</param>
    /// <param name="warn">Takes what does not end training to those who listen to the model.</param>
    /// <exception cref="ArgumentException">One is null, or remembers one training and is in another already, or two add to one file.</exception>
    public CallbackList(ModelBase model, FitState state, IReadOnlyList<Callback> callbacks, Action<string> warn)
        : base(callbacks.Count > 0)
    {
        _callbacks = [.. callbacks];
        _warn = warn;
        Context = new TrainingContext(model, state, Warn);
        int missing = Array.IndexOf(_callbacks, null);
        if (missing >= 0)
        {
            throw new ArgumentException($"{Argument}[{missing}] is null.", Argument);
        }

        foreach (Callback callback in _callbacks)
        {
            if (!callback.TryJoin(this))
            {
                int index = _joined;
                Dispose();
                throw new ArgumentException(
                    $"{Argument}[{index}], a {callback.GetType().Name}, takes part in a training that has not ended, or stands here twice. "
                    + "It remembers one training: give each an object of its own.",
                    Argument);
            }

            _joined++;
        }

        if (FindSharedFile() is string shared)
        {
            Dispose();
            throw new ArgumentException(shared, Argument);
        }
    }

    /// <summary>What the callbacks see.</summary>
    public TrainingContext Context { get; }

    public override IReadOnlyList<BackupPart> BackupParts => [.. _callbacks.Select(callback =>
        new BackupPart(callback.GetType().Name, callback.CaptureState, state => callback.RestoreState(Context, state)))];

    public override void TrainBegin()
    {
        foreach (Callback callback in _callbacks)
        {
            callback.OnTrainBegin(Context);
            _begun++;

            // A copy, for whoever hears a warning may warn.
            foreach (string message in _early.ToArray())
            {
                callback.OnWarning(Context, message);
            }
        }
    }

    public override void TrainEnd()
    {
        foreach (Callback callback in _callbacks)
        {
            callback.OnTrainEnd(Context);
        }
    }

    public override void EpochBegin()
    {
        foreach (Callback callback in _callbacks)
        {
            callback.OnEpochBegin(Context);
        }
    }

    public override void EpochEnd()
    {
        foreach (Callback callback in _callbacks)
        {
            callback.OnEpochEnd(Context);
        }
    }

    [MethodImpl(FirstCall.Optimized)]
    public override void BatchBegin()
    {
        foreach (Callback callback in _callbacks)
        {
            callback.OnBatchBegin(Context);
        }
    }

    [MethodImpl(FirstCall.Optimized)]
    public override void BatchEnd()
    {
        foreach (Callback callback in _callbacks)
        {
            callback.OnBatchEnd(Context);
        }
    }

    [MethodImpl(FirstCall.Optimized)]
    public override bool WantUpdateNorms()
    {
        bool want = false;
        foreach (Callback callback in _callbacks)
        {
            want |= callback.WantsUpdateNorms(Context);
        }

        return want;
    }

    public override void Resume(FitProgress progress)
    {
        foreach (Callback callback in _callbacks)
        {
            callback.Resume(Context, progress);
        }
    }

    public override void Secure(FitProgress progress)
    {
        foreach (Callback callback in _callbacks)
        {
            callback.Secure(Context, progress);
        }
    }

    public override void Fail(Exception exception)
    {
        // Those whose OnTrainBegin was not called, or threw, have nothing to end, and remember an earlier training if any.
        for (int i = 0; i < _begun; i++)
        {
            try
            {
                _callbacks[i].OnTrainFailed(Context, exception);
            }
            catch (Exception another)
            {
                WarnOfFailure($"{Argument}[{i}], a {_callbacks[i].GetType().Name}, threw in {nameof(Callback.OnTrainFailed)}: {another.Message}");
            }
        }
    }

    public override void Warn(string message)
    {
        _warn(message);
        if (_begun < _callbacks.Length)
        {
            _early.Add(message);
        }

        foreach (Callback callback in _callbacks[.._begun])
        {
            callback.OnWarning(Context, message);
        }
    }

    // The other callbacks hear of the failure all the same, and the caller of what has ended the training.
    private void WarnOfFailure(string message)
    {
        try
        {
            Warn(message);
        }
        catch (Exception)
        {
            // What listens to warnings failed as well, and nobody is left to tell.
        }
    }

    public void Dispose()
    {
        for (; _joined > 0; _joined--)
        {
            _callbacks[_joined - 1].Leave();
        }
    }

    private string? FindSharedFile()
    {
        var owners = new Dictionary<string, int>(SaveTarget.Comparer);
        for (int i = 0; i < _callbacks.Length; i++)
        {
            if (_callbacks[i].WrittenFile is not string path)
            {
                continue;
            }

            string file = SaveTarget.Identify(path);
            if (!owners.TryAdd(file, i))
            {
                return $"{Argument}[{i}], a {_callbacks[i].GetType().Name}, writes to {path}, and {Argument}[{owners[file]}] does too: give each a file of its own.";
            }
        }

        return null;
    }
}
