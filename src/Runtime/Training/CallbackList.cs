using System.Runtime.CompilerServices;
using Unroll.Serialization;

namespace Unroll;

/// <summary>The callbacks of one <c>Fit</c>, which belong to it until it ends.</summary>
internal sealed class CallbackList : IDisposable
{
    private const string Argument = "callbacks";

    private readonly Callback[] _callbacks;
    private int _joined;

    /// <exception cref="ArgumentException">One is null, or remembers one training and is in another already, or two add to one file.</exception>
    public CallbackList(IReadOnlyList<Callback> callbacks)
    {
        _callbacks = [.. callbacks];
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

    public IReadOnlyList<Callback> Items => _callbacks;

    public void TrainBegin(TrainingContext context)
    {
        foreach (Callback callback in _callbacks)
        {
            callback.OnTrainBegin(context);
        }
    }

    public void TrainEnd(TrainingContext context)
    {
        foreach (Callback callback in _callbacks)
        {
            callback.OnTrainEnd(context);
        }
    }

    public void EpochBegin(TrainingContext context)
    {
        foreach (Callback callback in _callbacks)
        {
            callback.OnEpochBegin(context);
        }
    }

    public void EpochEnd(TrainingContext context)
    {
        foreach (Callback callback in _callbacks)
        {
            callback.OnEpochEnd(context);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void BatchBegin(TrainingContext context)
    {
        foreach (Callback callback in _callbacks)
        {
            callback.OnBatchBegin(context);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void BatchEnd(TrainingContext context)
    {
        foreach (Callback callback in _callbacks)
        {
            callback.OnBatchEnd(context);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool WantUpdateNorms(TrainingContext context)
    {
        bool want = false;
        foreach (Callback callback in _callbacks)
        {
            want |= callback.WantsUpdateNorms(context);
        }

        return want;
    }

    public void Resume(TrainingContext context, FitProgress progress)
    {
        foreach (Callback callback in _callbacks)
        {
            callback.Resume(context, progress);
        }
    }

    public void Secure(TrainingContext context, FitProgress progress)
    {
        foreach (Callback callback in _callbacks)
        {
            callback.Secure(context, progress);
        }
    }

    public void Fail(TrainingContext context, Exception exception)
    {
        foreach (Callback callback in _callbacks)
        {
            callback.OnTrainFailed(context, exception);
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
            if (_callbacks[i].AppendedFile is not string path)
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
