using System.Runtime.CompilerServices;

namespace Unroll.Memory;

/// <summary>
/// Who uses the parameters of a model at the moment: any number of threads that read them, or one that changes them. What does not go
/// together is an exception for the one who comes second.
/// </summary>
/// <remarks>
/// Predictions are too short to count them in a place that threads share: each thread writes down in a place of its own what it predicts
/// with, then looks whether somebody writes. Who writes says so, makes the processor finish what every thread has begun to store, and then
/// looks at all places. So at least one of both sees the other.
/// </remarks>
internal sealed class ParameterAccess(string network)
{
    private static int s_last;

    // Apart from 0, which is that of no model.
    private readonly int _id = Interlocked.Increment(ref s_last);
    private Change? _change;
    private int _readers;

    /// <summary>Whether <c>Fit</c> runs.</summary>
    public bool IsTraining => Volatile.Read(ref _change) is { IsTraining: true };

    /// <exception cref="InvalidOperationException">The model is in training.</exception>
    public void RequireNotTraining(string method)
    {
        if (Volatile.Read(ref _change) is { IsTraining: true } training)
        {
            throw Refusal(method, training);
        }
    }

    /// <summary>Begins to predict; the thread that is returned must be told when it is done.</summary>
    /// <exception cref="InvalidOperationException">Another thread changes the parameters.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PredictingThread BeginPrediction()
    {
        PredictingThread thread = PredictingThread.Current;
        BeginPrediction(thread);
        return thread;
    }

    /// <inheritdoc cref="BeginPrediction()"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void BeginPrediction(PredictingThread thread)
    {
        thread.Begin(_id);
        if (Volatile.Read(ref _change) is { } change)
        {
            RequireOwn(change, thread);
        }
    }

    // Apart, so that what nearly always happens stays short.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RequireOwn(Change change, PredictingThread thread)
    {
        if (!change.IsOwn)
        {
            thread.End();
            throw Refusal("Predict", change);
        }
    }

    /// <summary>Begins to read for longer than a prediction takes.</summary>
    /// <exception cref="InvalidOperationException">Another thread changes the parameters.</exception>
    public Reading Read(string method)
    {
        Interlocked.Increment(ref _readers);
        if (Volatile.Read(ref _change) is { } change && !change.IsOwn)
        {
            Interlocked.Decrement(ref _readers);
            throw Refusal(method, change);
        }

        return new Reading(this);
    }

    /// <summary>Begins to change the parameters, inside another change of the same thread too.</summary>
    /// <exception cref="InvalidOperationException">Another thread uses or changes the parameters.</exception>
    public Writing Write(string method)
    {
        var change = new Change(method, isTraining: false);
        if (Interlocked.CompareExchange(ref _change, change, null) is { } other)
        {
            return other.IsOwn ? default : throw Refusal(method, other);
        }

        RequireUnused(method);
        return new Writing(this);
    }

    /// <summary>Begins to train.</summary>
    /// <exception cref="InvalidOperationException">The model is in training, or another thread uses or changes the parameters.</exception>
    public Writing Train(string method)
    {
        Writing writing = Begin(new Change(method, isTraining: true));
        RequireUnused(method);
        return writing;
    }

    /// <summary>Begins what does not touch the parameters, but how they are trained and measured. Predictions go on meanwhile.</summary>
    /// <exception cref="InvalidOperationException">The model is in training or measured, or another thread changes the parameters.</exception>
    public Writing Configure(string method)
    {
        Writing writing = Begin(new Change(method, isTraining: false));
        if (Volatile.Read(ref _readers) > 0)
        {
            writing.Dispose();
            throw new InvalidOperationException($"{method} cannot be called while {network} is measured, as by Evaluate in another thread or for the batches that it goes through.");
        }

        return writing;
    }

    private Writing Begin(Change change) => Interlocked.CompareExchange(ref _change, change, null) is { } other
        ? throw Refusal(change.Method, other)
        : new Writing(this);

    // Takes the change back where somebody reads.
    private void RequireUnused(string method)
    {
        Interlocked.MemoryBarrierProcessWide();
        if (Volatile.Read(ref _readers) > 0 || PredictingThread.IsAnyAt(_id))
        {
            Volatile.Write(ref _change, null);
            throw new InvalidOperationException(
                $"{method} cannot be called while another thread uses the parameters of {network}. Let predictions go to what Snapshot() "
                + "returns, which no change of the model reaches.");
        }
    }

    private InvalidOperationException Refusal(string method, Change change) => new(change.IsTraining
        ? $"{method} cannot be called while {network} is in training, as from a callback or another thread. What Snapshot() returns, called "
            + "before the training or by a callback, predicts meanwhile."
        : $"{method} cannot be called while another thread changes {network} by {change.Method}.");

    /// <summary>Ends a reading.</summary>
    public readonly struct Reading(ParameterAccess access) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref access._readers);
    }

    /// <summary>Ends a change; nothing where it is a part of another.</summary>
    public readonly struct Writing(ParameterAccess? access) : IDisposable
    {
        public void Dispose()
        {
            if (access is not null)
            {
                Volatile.Write(ref access._change, null);
            }
        }
    }

    private sealed class Change(string method, bool isTraining)
    {
        private readonly int _thread = Environment.CurrentManagedThreadId;

        public string Method => method;

        public bool IsTraining => isTraining;

        /// <summary>Whether this thread makes it: what a callback does comes between two steps of the training.</summary>
        public bool IsOwn => _thread == Environment.CurrentManagedThreadId;
    }
}
