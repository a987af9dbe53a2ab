using Unroll.Running;
using Unroll.Tests;

namespace Unroll.Numerics.Tests.Training;

/// <summary>The threads that share a training step: every part runs once, and is done when the piece is.</summary>
public sealed class WorkerPoolTests
{
    private static readonly int s_pools = Campaign.Rounds(usually: 300, campaign: 300);

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void EveryPartRunsOnceBeforeThePieceIsDone(int threads)
    {
        using var pool = new WorkerPool();
        Counting[] pieces = [new(2), new(40), new(3), new(17)];
        for (int round = 0; round < 60_000; round++)
        {
            Counting work = pieces[round % pieces.Length];
            work.Clear();
            pool.Run(work, work.Counts.Length, threads);
            Assert.DoesNotContain(work.Counts, static count => count != 1);
        }
    }

    /// <summary>Threads fall asleep between the pieces: waking and ending must not miss one.</summary>
    [Fact]
    public void ThreadsWakeAndEnd()
    {
        for (int round = 0; round < s_pools; round++)
        {
            using var pool = new WorkerPool();
            var work = new Counting(12);
            if (round % 2 == 0)
            {
                Thread.Sleep(1);
            }

            pool.Run(work, work.Counts.Length, threads: 6);
            Assert.DoesNotContain(work.Counts, static count => count != 1);
        }
    }

    /// <summary>Pieces ask for now more, now fewer threads, and at times for none but the caller.</summary>
    [Fact]
    public void PiecesMayAskForDifferentNumbersOfThreads()
    {
        using var pool = new WorkerPool();
        var work = new Counting(9);
        for (int round = 0; round < 20_000; round++)
        {
            work.Clear();
            pool.Run(work, work.Counts.Length, threads: 1 + (round * 7 % 5));
            Assert.DoesNotContain(work.Counts, static count => count != 1);
        }
    }

    [Fact]
    public void ThreadsStartWhenWorkAsksForThem()
    {
        using var pool = new WorkerPool();
        pool.Run(new Counting(8), 8, threads: 1);
        Assert.Equal(1, pool.Threads);

        pool.Run(new Counting(8), 8, threads: 3);
        Assert.Equal(3, pool.Threads);
    }

    [Fact]
    public void AnExceptionOfAPartIsThrownAndThePoolGoesOn()
    {
        using var pool = new WorkerPool();
        Assert.Throws<InvalidOperationException>(() => pool.Run(new Failing(), parts: 8, threads: 3));

        var work = new Counting(8);
        pool.Run(work, 8, threads: 3);
        Assert.DoesNotContain(work.Counts, static count => count != 1);
    }

    [Fact]
    public void AThreadThatTheSystemRefusesIsASmallerPool()
    {
        int started = 0;
        using var pool = new WorkerPool(processors: 8, thread =>
        {
            if (started == 2)
            {
                throw new OutOfMemoryException("Insufficient memory or too many threads.");
            }

            started++;
            thread.Start();
        });
        var work = new Counting(40);
        for (int round = 0; round < 1000; round++)
        {
            work.Clear();
            pool.Run(work, work.Counts.Length, threads: 8);
            Assert.DoesNotContain(work.Counts, static count => count != 1);
        }

        Assert.Equal((3, 2), (pool.Threads, started));

        using var alone = new WorkerPool(processors: 8, static _ => throw new OutOfMemoryException());
        work.Clear();
        alone.Run(work, work.Counts.Length, threads: 8);
        Assert.DoesNotContain(work.Counts, static count => count != 1);
        Assert.Equal(1, alone.Threads);
    }

    [Fact]
    public void OnFewerProcessorsThanThreadsNobodySpins()
    {
        using var pool = new WorkerPool(processors: 2, static thread => thread.Start());
        pool.Run(new Counting(8), 8, threads: 2);
        Assert.True(pool.Spins);
        pool.Run(new Counting(8), 8, threads: 3);
        Assert.False(pool.Spins);
        Assert.InRange(Processors.Count, 1, Environment.ProcessorCount);
    }

    private sealed class Counting(int parts) : ParallelWork
    {
        public int[] Counts { get; } = new int[parts];

        public void Clear() => Array.Clear(Counts);

        public override void Run(int part) => Interlocked.Increment(ref Counts[part]);
    }

    private sealed class Failing : ParallelWork
    {
        public override void Run(int part)
        {
            if (part == 5)
            {
                throw new InvalidOperationException();
            }
        }
    }
}
