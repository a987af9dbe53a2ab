using System.Runtime.ExceptionServices;

namespace Unroll;

/// <summary>Work that can be cut into numbered parts, to be done in any order by any thread.</summary>
internal interface IParallelWork
{
    void Run(int part);
}

/// <summary>
/// Threads that share the parts of one piece of work after another. Between pieces they spin for a while, so that a fork and join costs
/// about a microsecond; idle for longer, they sleep.
/// </summary>
internal sealed class WorkerPool : IDisposable
{
    private const int SpinsBeforeSleep = 4000;

    private readonly Thread[] _threads;
    private readonly ManualResetEventSlim _wake = new(initialState: false);
    private IParallelWork? _work;
    private ExceptionDispatchInfo? _failure;
    private int _parts;
    private int _completed;
    private int _sleeping;
    private volatile bool _disposed;

    // The piece's number in the upper half, the next part in the lower: a late worker cannot take a part of a newer piece for an old one's.
    private long _ticket;

    /// <param name="threads">How many threads work, the caller's included.</param>
    public WorkerPool(int threads)
    {
        _threads = new Thread[threads - 1];
        for (int i = 0; i < _threads.Length; i++)
        {
            _threads[i] = new Thread(Loop) { IsBackground = true, Name = "Unroll worker" };
            _threads[i].Start();
        }
    }

    /// <summary>The threads that work, the caller's included.</summary>
    public int Threads => _threads.Length + 1;

    /// <summary>Runs all parts and returns when they are done; an exception of a part is thrown here.</summary>
    /// <param name="work">What to run.</param>
    /// <param name="parts">Its parts are 0..parts-1.</param>
    /// <param name="alone">Whether the calling thread does it all: for work too small to share.</param>
    public void Run(IParallelWork work, int parts, bool alone)
    {
        if (alone || _threads.Length == 0 || parts == 1)
        {
            for (int part = 0; part < parts; part++)
            {
                work.Run(part);
            }

            return;
        }

        _work = work;
        _parts = parts;
        Volatile.Write(ref _completed, 0);
        long piece = (Volatile.Read(ref _ticket) >> 32) + 1;
        Interlocked.Exchange(ref _ticket, piece << 32);
        if (Volatile.Read(ref _sleeping) > 0)
        {
            _wake.Set();
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

    public void Dispose()
    {
        _disposed = true;
        _wake.Set();
        foreach (Thread thread in _threads)
        {
            thread.Join();
        }

        _wake.Dispose();
    }

    private void Loop()
    {
        long done = 0;
        while (!_disposed)
        {
            long piece = Volatile.Read(ref _ticket) >> 32;
            if (piece != done)
            {
                TakeParts(piece);
                done = piece;
                continue;
            }

            WaitForPieceAfter(done);
        }
    }

    private void WaitForPieceAfter(long done)
    {
        for (int spin = 0; spin < SpinsBeforeSleep; spin++)
        {
            if (Volatile.Read(ref _ticket) >> 32 != done || _disposed)
            {
                return;
            }

            Thread.SpinWait(8);
        }

        Interlocked.Increment(ref _sleeping);
        _wake.Reset();
        if (Volatile.Read(ref _ticket) >> 32 == done && !_disposed)
        {
            _wake.Wait();
        }

        Interlocked.Decrement(ref _sleeping);
    }

    private void TakeParts(long piece)
    {
        while (true)
        {
            long ticket = Volatile.Read(ref _ticket);
            int part = (int)ticket;
            if (ticket >> 32 != piece || part >= _parts)
            {
                return;
            }

            IParallelWork work = _work!;
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
