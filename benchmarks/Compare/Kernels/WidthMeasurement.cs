using System.Text.Json;

namespace Unroll.Benchmarks;

/// <summary>What a process measures at the width that its environment chose.</summary>
internal static class WidthMeasurement
{
    private const string StepShape = "784-512-512-10";
    private const int StepBatch = 256;
    private const double StepTarget = 0.65;

    private const long FallbackL2 = 1L << 20;
    private const long FallbackL3 = 16L << 20;
    private const long MostMemory = 512L << 20;

    /// <summary>Prints a <see cref="WidthResult"/> as JSON.</summary>
    public static void Run(Settings settings)
    {
        VectorSpeed speed = VectorSpeed.Widest;
        List<MemoryLevel> levels = Levels(speed, settings);
        KernelTime[] kernels =
            [.. Layers(settings).SelectMany(shape => shape.Kinds.Select(kind => Time(shape, kind, speed, settings)))];
        KernelTime step = TimeStep(speed, settings);
        var result = new WidthResult(speed.Bits, Statistics.Median([.. kernels.Select(static kernel => kernel.Peak), step.Peak]), levels, kernels, step);
        Console.WriteLine(JsonSerializer.Serialize(result));
    }

    private static IEnumerable<KernelShape> Layers(Settings settings) =>
        [.. LayerShape.All.Where(shape => !settings.Quick || shape.Batch <= shape.BlockSamples), .. ImageShape.All];

    private static List<MemoryLevel> Levels(VectorSpeed speed, Settings settings)
    {
        // As long as all turns of a kernel: what disturbs the machine for a while does not decide.
        double seconds = settings.Turns * settings.Seconds / 2;
        long l2 = Machine.CacheBytes(2) ?? FallbackL2;
        long l3 = Machine.CacheBytes(3) ?? FallbackL3;

        // Half of the nearer cache, so that it is in there whatever else is; of the next one, what is far more than fits the nearer.
        List<MemoryLevel> levels = [speed.Level("L2", l2, l2 / 2, seconds)];
        if (l3 > 8 * l2)
        {
            levels.Add(speed.Level("L3", l3, 6 * l2, seconds));
        }

        if (!settings.Quick)
        {
            levels.Add(speed.Level("memory", long.MaxValue, Math.Min(MostMemory, 4 * l3), seconds));
        }

        return levels;
    }

    private static KernelTime Time(KernelShape shape, KernelKind kind, VectorSpeed speed, Settings settings)
    {
        var kernel = new LayerKernel(shape, kind);
        kernel.Check();
        return Against(
            speed,
            settings,
            shape.NameOf(kind),
            shape.Batch,
            shape.MultiplyAdds,
            shape.BytesOf(kind),
            shape.TargetOf(kind, speed.Bits),
            () => Repetition.MedianMicroseconds(kernel.Run, settings.Seconds / 2));
    }

    private static KernelTime TimeStep(VectorSpeed speed, Settings settings)
    {
        var workload = TrainingWorkload.Of(StepShape, StepBatch);
        long multiplyAdds = BenchmarkNetwork.Of(StepShape).TrainingMultiplyAdds * StepBatch;
        return Against(
            speed, settings, $"training step {StepShape}", StepBatch, multiplyAdds, 0, StepTarget, () => workload.MedianMicroseconds(settings.Seconds, threads: 1));
    }

    private static KernelTime Against(
        VectorSpeed speed, Settings settings, string name, int batch, long multiplyAdds, long bytes, double? target, Func<double> microseconds)
    {
        var result = Alternation.Run(
            settings.Turns,
            () => speed.MultiplyAdds(settings.Seconds / 4),
            () => multiplyAdds / microseconds() * 1e6);
        return new KernelTime(
            name, batch, multiplyAdds / result.MedianOfOther * 1e6, multiplyAdds, bytes, result.MedianOfOurs, result.Ratio, target, result.ProcessorShare);
    }
}
