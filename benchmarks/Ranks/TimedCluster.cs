using System.Diagnostics;

namespace Unroll.Benchmarks;

/// <summary>Notes how long a rank is in the functions of its cluster, waiting for others included.</summary>
internal sealed class TimedCluster(ITrainingCluster cluster) : ITrainingCluster
{
    private long _start;

    public int Rank => cluster.Rank;

    public int Size => cluster.Size;

    public TimeSpan Time { get; private set; }

    public void Reset() => Time = default;

    public void AllReduce(Span<float> values)
    {
        Begin();
        cluster.AllReduce(values);
        End();
    }

    public void AllReduce(Span<double> values)
    {
        Begin();
        cluster.AllReduce(values);
        End();
    }

    public void Broadcast(Span<byte> values)
    {
        Begin();
        cluster.Broadcast(values);
        End();
    }

    private void Begin() => _start = Stopwatch.GetTimestamp();

    private void End() => Time += Stopwatch.GetElapsedTime(_start);
}
