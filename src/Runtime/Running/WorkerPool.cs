using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Unroll.Numerics;

namespace Unroll.Running;

/// <summary>Work that can be cut into numbered parts, to be done in any order by any thread.</summary>
/// <remarks>A class, since a call through an interface with several implementations costs a search.</remarks>
internal abstract class ParallelWork
{
    public abstract void Run(int part);
}

/// <summary>
/// Threads that share the parts of one piece of work after another. They start when work first asks for them. Between pieces they spin for
/// a while, so that a fork and join costs about a microsecond; idle for longer, they sleep. They leave the processors to others: where
/// there are fewer than threads, or other threads have taken one away from a spinning thread lately, they sleep at once.
/// </summary>
/// <param name="processors">How many there are.</param>
/// <param name="start">Starts a thread.</param>
internal sealed class WorkerPool(int processors, Action<Thread> start) : IDisposable
{
    private const int SpinsBeforeSleep = 4000;
    private const int SpinsBetweenLooks = 64;

    // The pieces after an interruption for which nobody spins.
    private const int CalmPieces = 256;

    // As long as that between two looks, which take a few microseconds, means that the thread did not run.
    private static readonly long s_interruption = Stopwatch.Frequency / 5000;

    // A part number that no piece has.
    private const long Closed = int.MaxValue;

    private readonly List<Thread> _threads = [];
    private readonly object _gate = new();
    private ParallelWork? _work;
    private ExceptionDispatchInfo? _failure;
    private int _parts;
    private int _completed;
    private int _sleeping;
    private int _most = int.MaxValue;
    private volatile int _spins;
    private volatile int _interruptedAt = -CalmPieces;
    private volatile bool _disposed;

    // The piece's number in the upper half, the next part in the lower. A part is taken by raising it, which fails when it changed: what a
    // worker has read of the piece meanwhile is then not used.
    private long _ticket;

    public WorkerPool()
        : this(Processors.Count, static thread => thread.Start())
    {
    }

    /// <summary>Whether threads spin between pieces, or sleep at once.</summary>
    public bool Spins => _spins > 0;

    /// <summary>The threads so far, the caller's included.</summary>
    public int Threads => _threads.Count + 1;

    /// <summary>Runs all parts and returns when they are done; an exception of a part is thrown here.</summary>
    /// <param name="work">What to run.</param>
    /// <param name="parts">Its parts are 0..parts-1.</param>
    /// <param name="threads">How many threads are to share them at least, the calling one included, as far as the system gives them; with 1 it
    /// does them all.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run<TWork>(TWork work, int parts, int threads)
        where TWork : ParallelWork
    {
        if (threads > 1 && parts > 1)
        {
            Share(work, parts, threads);
            return;
        }

        for (int part = 0; part < parts; part++)
        {
            work.Run(part);
        }
    }

    public void Dispose()
    {
        _disposed = true;
        Wake();
        foreach (Thread thread in _threads)
        {
            thread.Join();
        }
    }

    [MethodImpl(FirstCall.Optimized)]
    private void Share(ParallelWork work, int parts, int threads)
    {
        while (Threads < Math.Min(threads, _most))
        {
            Start();
        }

        // Closed while the piece changes: a late worker that holds the last ticket of the one before must not take a part of this one with
        // it, which would then run twice.
        int last = PieceOf(Volatile.Read(ref _ticket));
        int piece = unchecked(last + 1);
        Interlocked.Exchange(ref _ticket, ((long)last << 32) | Closed);
        _work = work;
        _parts = parts;
        Volatile.Write(ref _completed, 0);
        Interlocked.Exchange(ref _ticket, (long)piece << 32);
        if (Volatile.Read(ref _sleeping) > 0)
        {
            Wake();
        }

        TakeParts(piece);
        var spinner = default(SpinWait);
        while (Volatile.Read(ref _completed) < parts)
        {
            spinner.SpinOnce(sleep1Threshold: -1);
        }

        if (_failure is ExceptionDispatchInfo failure)
        {
            _failure = null;
            failure.Throw();
        }
    }

    private void Start()
    {
        int done = PieceOf(Volatile.Read(ref _ticket));
        var thread = new Thread(() => Loop(done)) { IsBackground = true, Name = "Unroll worker" };
        try
        {
            start(thread);
        }
        catch (Exception exception) when (exception is OutOfMemoryException or ThreadStartException)
        {
            // What the system refuses is not needed: fewer threads do the same work.
            _most = Threads;
            return;
        }

        _threads.Add(thread);

        // Who spins on a processor that another thread waits for keeps it from its work.
        _spins = Threads <= processors ? SpinsBeforeSleep : 0;
    }

    private void Loop(int done)
    {
        while (!_disposed)
        {
            int piece = PieceOf(Volatile.Read(ref _ticket));
            if (piece != done)
            {
                TakeParts(piece);
                done = piece;
                continue;
            }

            WaitForPieceAfter(done);
        }
    }

    private void WaitForPieceAfter(int done)
    {
        int spins = unchecked((uint)(done - _interruptedAt)) < CalmPieces ? 0 : _spins;
        long looked = Stopwatch.GetTimestamp();
        for (int spin = 1; spin <= spins; spin++)
        {
            if (PieceOf(Volatile.Read(ref _ticket)) != done || _disposed)
            {
                return;
            }

            Thread.SpinWait(8);
            if (spin % SpinsBetweenLooks == 0)
            {
                long now = Stopwatch.GetTimestamp();
                if (now - looked > s_interruption)
                {
                    _interruptedAt = done;
                    break;
                }

                looked = now;
            }
        }

        lock (_gate)
        {
            // Whoever starts a piece after the check sees the sleeper, and wakes it when it has let go of the gate.
            Interlocked.Increment(ref _sleeping);
            while (PieceOf(Volatile.Read(ref _ticket)) == done && !_disposed)
            {
                Monitor.Wait(_gate);
            }

            Interlocked.Decrement(ref _sleeping);
        }
    }

    private void Wake()
    {
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
        }
    }

    private static int PieceOf(long ticket) => (int)(ticket >> 32);

    private void TakeParts(int piece)
    {
        while (true)
        {
            long ticket = Volatile.Read(ref _ticket);
            int part = (int)ticket;
            if (PieceOf(ticket) != piece || part >= _parts)
            {
                return;
            }

            ParallelWork work = _work!;
            if (Interlocked.CompareExchange(ref _ticket, ticket + 1, ticket) != ticket)
            {
                continue;
            }

            try
            {
                work.Run(part);
            }
            catch (Exception exception)
            {
                _failure = ExceptionDispatchInfo.Capture(exception);
            }

            Interlocked.Increment(ref _completed);
        }
    }
}
