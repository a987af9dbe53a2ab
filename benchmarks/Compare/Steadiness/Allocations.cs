namespace Unroll.Benchmarks;

/// <summary>Bytes that the garbage collector has to clean up after.</summary>
internal static class Allocations
{
    private const int Calls = 100;
    private const int Warmup = 20;

    /// <summary>Of one training step, by all threads.</summary>
    public static double OfStep(string shape, int batch, int threads)
    {
        var meter = new Meter(first: Warmup, last: Warmup + Calls);
        TrainingWorkload.Of(shape, batch).Run(Warmup + Calls + 1, threads, meter);
        return (double)meter.Bytes / Calls;
    }

    /// <summary>Of one <c>Predict</c>.</summary>
    public static double OfPredict(string shape, int batch, int threads = 1)
    {
        BenchmarkNetwork network = BenchmarkNetwork.Of(shape);
        Model model = network.Create();
        float[] x = RandomData.Uniform(batch * network.Inputs);
        float[] y = new float[batch * network.Outputs];
        return Of(() => model.Predict(x, y, threads));
    }

    /// <summary>Of one more batch of an <c>Evaluate</c>: what twice the data costs more, by batch.</summary>
    public static double OfEvaluateBatch(string shape, int batch)
    {
        const int Batches = 50;
        BenchmarkNetwork network = BenchmarkNetwork.Of(shape);
        Model model = network.Create();
        model.Compile(new Adam(), new MeanSquaredError(), new MeanAbsoluteError());
        Dataset once = RandomData.Training(network, batch * Batches);
        Dataset twice = RandomData.Training(network, 2 * batch * Batches);
        model.Evaluate(twice, batch);
        return (OfOne(() => model.Evaluate(twice, batch)) - OfOne(() => model.Evaluate(once, batch))) / (double)Batches;
    }

    private static double Of(Action action)
    {
        for (int call = 0; call < Warmup; call++)
        {
            action();
        }

        return OfOne(() =>
        {
            for (int call = 0; call < Calls; call++)
            {
                action();
            }
        }) / (double)Calls;
    }

    private static long OfOne(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>What the process allocates between the ends of two steps.</summary>
    private sealed class Meter(int first, int last) : Callback
    {
        public long Bytes { get; private set; }

        public override void OnBatchEnd(TrainingContext context)
        {
            if (context.Batch == first)
            {
                Bytes = -GC.GetTotalAllocatedBytes(precise: true);
            }
            else if (context.Batch == last)
            {
                Bytes += GC.GetTotalAllocatedBytes(precise: true);
            }
        }
    }
}
