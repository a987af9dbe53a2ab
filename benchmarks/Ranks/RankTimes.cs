using System.Diagnostics;
using System.Runtime.InteropServices;
using Unroll.Mpi;

namespace Unroll.Benchmarks;

/// <summary>The time of a step on some ranks, each with one thread.</summary>
/// <param name="Network">The network.</param>
/// <param name="Bytes">Those of its gradients.</param>
/// <param name="Batch">Samples a rank.</param>
/// <param name="Step">Microseconds of a step.</param>
/// <param name="Shared">Of these, what the rank was in the cluster's functions for, waiting included.</param>
/// <param name="AllReduce">Microseconds of the all-reduce of so many bytes by itself, no rank having anything else to do.</param>
internal sealed record RankTimes(BenchmarkNetwork Network, long Bytes, int Batch, double Step, double Shared, double AllReduce)
{
    private const int Repetitions = 7;
    private const int LeastSteps = 8;
    private const int MostSteps = 2000;

    public static RankTimes Measure(MpiCluster cluster, BenchmarkNetwork network, int batch, double seconds)
    {
        Model model = network.Create();
        model.Compile(new Adam(), network.CreateLoss());
        Dataset data = RandomData.Training(network, batch * 4);
        var timed = new TimedCluster(cluster);
        long begin = Stopwatch.GetTimestamp();
        for (bool isWarm = false; !isWarm; isWarm = Agreed(cluster, Stopwatch.GetElapsedTime(begin).TotalSeconds > 5 * seconds ? 1 : 0) == 1)
        {
            Train(LeastSteps);
        }

        // By a warm run: the first takes so long that each turn would be of few steps, and mostly of what a Fit does once.
        int steps = Agreed(cluster, (int)Math.Clamp(seconds * LeastSteps / Train(LeastSteps).TotalSeconds, LeastSteps, MostSteps));
        (double Step, double Shared)[] turns =
        [
            .. Enumerable.Range(0, Repetitions).Select(_ =>
            {
                timed.Reset();
                return (Train(steps).TotalMicroseconds / steps, timed.Time.TotalMicroseconds / steps);
            }),
        ];
        long values = model.Parameters.Where(static parameter => parameter.IsTrained).Sum(static parameter => (long)parameter.Count);
        return new RankTimes(
            network, values * sizeof(float), batch, Median(turns.Select(static turn => turn.Step)), Median(turns.Select(static turn => turn.Shared)), Alone(cluster, (int)values, steps));

        TimeSpan Train(int count)
        {
            long start = Stopwatch.GetTimestamp();
            model.Fit(data, new FitOptions { BatchSize = batch, StepsPerEpoch = count, Threads = 1, Verbose = false, Cluster = timed });
            return Stopwatch.GetElapsedTime(start);
        }
    }

    public static void Write(TextWriter writer, MpiCluster cluster, IReadOnlyList<RankTimes> times)
    {
        writer.WriteLine($"{cluster.Size} ranks, {cluster.Implementation}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} processors");
        writer.WriteLine();
        writer.WriteLine("| network | gradients, KB | batch a rank | step, µs | shared, µs | share | all-reduce alone, µs |");
        writer.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (RankTimes time in times)
        {
            writer.WriteLine(
                $"| {time.Network} | {time.Bytes / 1000.0:#,0} | {time.Batch} | {time.Step:#,0} | {time.Shared:#,0} | {100 * time.Shared / time.Step:0} % | {time.AllReduce:#,0} |");
        }

        writer.WriteLine();
    }

    internal static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    // What rank 0 says: ranks that take different numbers of steps would wait for each other.
    internal static int Agreed(MpiCluster cluster, int value)
    {
        Span<int> shared = [value];
        cluster.Broadcast(MemoryMarshal.AsBytes(shared));
        return shared[0];
    }

    private static double Alone(MpiCluster cluster, int values, int steps)
    {
        float[] gradients = new float[values];
        return Median(Enumerable.Range(0, Repetitions).Select(_ =>
        {
            cluster.Barrier();
            long start = Stopwatch.GetTimestamp();
            for (int step = 0; step < steps; step++)
            {
                cluster.AllReduce(gradients);
            }

            return Stopwatch.GetElapsedTime(start).TotalMicroseconds / steps;
        }));
    }
}
