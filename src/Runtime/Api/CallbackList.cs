using System.Runtime.CompilerServices;
using Unroll.Fitting;
using Unroll.Serialization;

namespace Unroll.Api;

/// <summary>The callbacks of one <c>Fit</c>, which belong to it until it ends.</summary>
internal sealed class CallbackList : TrainingEvents, IDisposable
{
    private const string Argument = "callbacks";

    private readonly TrainingContext _context;
    private readonly Callback[] _callbacks;
    private int _joined;

    /// <exception cref="ArgumentException">One is null, or remembers one training and is in another already, or two add to one file.</exception>
    public CallbackList(TrainingContext context)
        : base(context.Callbacks.Length > 0)
    {
        _context = context;
        _callbacks = context.Callbacks;
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

    public override IReadOnlyList<BackupPart> BackupParts => [.. _callbacks.Select(callback =>
        new BackupPart(callback.GetType().Name, callback.CaptureState, state => callback.RestoreState(_context, state)))];

    public override void TrainBegin()
    {
        foreach (Callback callback in _callbacks)
        {
            callback.OnTrainBegin(_context);
            _context.NoteBegun();
        }
    }

    public override void TrainEnd()
    {
        foreach (Callback callback in _callbacks)
        {
            callback.OnTrainEnd(_context);
        }
    }

    public override void EpochBegin()
    {
        foreach (Callback callback in _callbacks)
        {
            callback.OnEpochBegin(_context);
        }
    }

    public override void EpochEnd()
    {
        foreach (Callback callback in _callbacks)
        {
            callback.OnEpochEnd(_context);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void BatchBegin()
    {
        foreach (Callback callback in _callbacks)
        {
            callback.OnBatchBegin(_context);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void BatchEnd()
    {
        foreach (Callback callback in _callbacks)
        {
            callback.OnBatchEnd(_context);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool WantUpdateNorms()
    {
        bool want = false;
        foreach (Callback callback in _callbacks)
        {
            want |= callback.WantsUpdateNorms(_context);
        }

        return want;
    }

    public override void Resume(FitProgress progress)
    {
        foreach (Callback callback in _callbacks)
        {
            callback.Resume(_context, progress);
        }
    }

    public override void Secure(FitProgress progress)
    {
        foreach (Callback callback in _callbacks)
        {
            callback.Secure(_context, progress);
        }
    }

    public override void Fail(Exception exception)
    {
        // Those whose OnTrainBegin was not called, or threw, have nothing to end, and remember an earlier training if any.
        for (int i = 0; i < _context.Begun; i++)
        {
            try
            {
                _callbacks[i].OnTrainFailed(_context, exception);
            }
            catch (Exception another)
            {
                WarnOfFailure($"{Argument}[{i}], a {_callbacks[i].GetType().Name}, threw in {nameof(Callback.OnTrainFailed)}: {another.Message}");
            }
        }
    }

    public override void Warn(string message) => _context.Warn(message);

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
