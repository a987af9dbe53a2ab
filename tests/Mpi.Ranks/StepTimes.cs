using System.Diagnostics;

namespace Unroll.Mpi.Ranks;

/// <summary>Measures the time of a step and the part of it that communication takes.</summary>
internal sealed class StepTimes(ITrainingCluster cluster) : ITrainingCluster
{
    private const int Steps = 300;

    private long _communication;

    public int Rank => cluster.Rank;

    public int Size => cluster.Size;

    public static int Run(MpiCluster cluster, string network, int batchSize)
    {
        Model model = network == "wide" ? new WideNetwork(seed: 1) : new DigitNetwork(seed: 1);
        model.Compile(new Adam(), new SparseCategoricalCrossentropy());
        Dataset data = Trial.Data(batchSize * 10, features: 784, classes: 10, seed: 1 + cluster.Rank);
        var times = new StepTimes(cluster);
        var options = new FitOptions { BatchSize = batchSize, StepsPerEpoch = Steps, Threads = 1, Verbose = false, Cluster = times };
        model.Fit(data, options);
        times._communication = 0;
        long start = Stopwatch.GetTimestamp();
        model.Fit(data, options);
        double step = Stopwatch.GetElapsedTime(start).TotalMicroseconds / Steps;
        double communication = TimeSpan.FromTicks(times._communication).TotalMicroseconds / Steps;
        if (cluster.Rank == 0)
        {
            Console.WriteLine(
                $"{cluster.Implementation}, {cluster.Size} ranks, {network}, batches of {batchSize}: {step:F0} µs a step, {communication:F0} of them for communication and waiting");
        }

        return 0;
    }

    public void AllReduce(Span<float> values)
    {
        long start = Stopwatch.GetTimestamp();
        cluster.AllReduce(values);
        _communication += Stopwatch.GetElapsedTime(start).Ticks;
    }

    public void AllReduce(Span<double> values)
    {
        long start = Stopwatch.GetTimestamp();
        cluster.AllReduce(values);
        _communication += Stopwatch.GetElapsedTime(start).Ticks;
    }

    public void Broadcast(Span<byte> values) => cluster.Broadcast(values);
}
