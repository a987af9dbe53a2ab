using System.Runtime.InteropServices;

namespace Unroll.Mpi.Tests;

/// <summary>Ranks that are threads of this process, and add up in the order of their numbers.</summary>
internal sealed class LocalCluster : ITrainingCluster
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly Exchange _exchange;

    private LocalCluster(Exchange exchange, int rank)
    {
        _exchange = exchange;
        Rank = rank;
    }

    public int Rank { get; }

    public int Size => _exchange.Places.Length;

    /// <summary>Runs something on every rank.</summary>
    /// <returns>What it returned or threw, by rank.</returns>
    public static Outcome<T>[] Run<T>(int size, Func<ITrainingCluster, T> run)
    {
        using var barrier = new Barrier(size);
        var exchange = new Exchange(barrier, new byte[size][]);
        var outcomes = new Outcome<T>[size];
        Thread[] threads = [.. Enumerable.Range(0, size).Select(rank => new Thread(() =>
        {
            try
            {
                outcomes[rank] = new Outcome<T>(run(new LocalCluster(exchange, rank)), null);
            }
            catch (Exception exception)
            {
                outcomes[rank] = new Outcome<T>(default, exception);
            }
        }))];
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());
        return outcomes;
    }

    public void AllReduce(Span<float> values)
    {
        byte[][] all = Gather(MemoryMarshal.AsBytes(values));
        values.Clear();
        foreach (byte[] own in all)
        {
            ReadOnlySpan<float> others = MemoryMarshal.Cast<byte, float>(own);
            for (int i = 0; i < values.Length; i++)
            {
                // Not 0 + x, which would lose the sign of a zero.
                values[i] = own == all[0] ? others[i] : values[i] + others[i];
            }
        }
    }

    public void AllReduce(Span<double> values)
    {
        byte[][] all = Gather(MemoryMarshal.AsBytes(values));
        values.Clear();
        foreach (byte[] own in all)
        {
            ReadOnlySpan<double> others = MemoryMarshal.Cast<byte, double>(own);
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = own == all[0] ? others[i] : values[i] + others[i];
            }
        }
    }

    public void Broadcast(Span<byte> values) => Gather(values)[0].CopyTo(values);

    private byte[][] Gather(ReadOnlySpan<byte> values)
    {
        _exchange.Places[Rank] = values.ToArray();
        Await();
        byte[][] all = [.. _exchange.Places];
        Assert.All(all, own => Assert.Equal(all[0].Length, own.Length));
        Await();
        return all;
    }

    private void Await()
    {
        if (!_exchange.Barrier.SignalAndWait(s_patience))
        {
            throw new TimeoutException($"Rank {Rank} waits for one that has left.");
        }
    }

    /// <summary>What one rank returned or threw.</summary>
    internal sealed record Outcome<T>(T? Value, Exception? Exception)
    {
        public T Result => Exception is null ? Value! : throw new InvalidOperationException("The rank failed.", Exception);
    }

    private sealed record Exchange(Barrier Barrier, byte[][] Places);
}
