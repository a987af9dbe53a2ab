namespace Unroll.Benchmarks;

/// <summary>The section of what should not change: with age, with threads, with the first call, with the garbage collector.</summary>
internal static class SteadyState
{
    // What this program cannot tell from nothing, on machines that do other work as well.
    private const double Noise = 0.03;

    private const double MostStartupMilliseconds = 60;

    private static readonly (string Shape, int Batch)[] s_steps = [("4-16-3", 32), ("784-128-10", 32), ("784-512-512-10", 256), ("cifar", 32)];

    public static void Run(Settings settings, Report report)
    {
        report.Heading("Steady state");
        report.Paragraph($"Medians, of times in turns (least to greatest). \"1\" is met within {Format.Percent(Noise)}, the noise of such a measurement.");
        report.Table("what", "measured", "target", "met");
        Age(settings, report);
        Threads(settings, report);
        Allocated(report);
        Startup(settings, report);
        report.Line();
    }

    private static void Age(Settings settings, Report report)
    {
        Alternation result = Ageing.Measure(settings);
        double growth = 1 / result.Ratio;
        report.Row(
            $"step of 784-128-10, batch 32, after {Ageing.Old(settings)} steps ÷ after 10",
            $"**{Format.Number(growth)}** ({Format.Number(1 / result.GreatestRatio)} to {Format.Number(1 / result.LeastRatio)}; {Format.Number(result.MedianOfOurs)} and {Format.Number(result.MedianOfOther)} µs)",
            "1",
            Format.Verdict(growth <= 1 + Noise, result.ProcessorShare));
    }

    private static void Threads(Settings settings, Report report)
    {
        if (ProcessorChoice.OriginalCount < 2)
        {
            report.Row("two threads against one", "needs two processors", "", "");
            return;
        }

        Alternation[] results = ThreadGain.Measure(settings);
        for (int i = 0; i < results.Length; i++)
        {
            ThreadGain gain = ThreadGain.All[i];
            Alternation result = results[i];
            double least = gain.Target == 1 ? 1 - Noise : gain.Target;
            report.Row(
                $"one thread ÷ two, {(gain.IsPrediction ? "`Predict`" : "step")} of {gain.Shape}, batch {gain.Batch}",
                $"**{Format.Number(result.Ratio)}** ({Format.Number(result.LeastRatio)} to {Format.Number(result.GreatestRatio)}; {Format.Number(result.MedianOfOther)} and {Format.Number(result.MedianOfOurs)} µs)",
                Format.Number(gain.Target),
                Format.Verdict(result.Ratio >= least, result.ProcessorShare));
        }
    }

    private static void Allocated(Report report)
    {
        foreach ((string shape, int batch) in s_steps)
        {
            Bytes(report, $"training step of {shape}, batch {batch}", Allocations.OfStep(shape, batch, threads: 1));
        }

        Bytes(report, "training step of 784-512-512-10, batch 256, two threads", Allocations.OfStep("784-512-512-10", 256, threads: 2));
        Bytes(report, "`Predict` of 784-128-10, one sample", Allocations.OfPredict("784-128-10", 1));
        Bytes(report, "`Predict` of 784-128-10, batch 256", Allocations.OfPredict("784-128-10", 256));
        Bytes(report, "`Predict` of cifar, one sample, two threads", Allocations.OfPredict("cifar", 1, threads: 2));
        Bytes(report, "batch of 32 of `Evaluate`, 784-128-10", Allocations.OfEvaluateBatch("784-128-10", 32));
    }

    private static void Bytes(Report report, string what, double bytes) =>
        report.Row($"bytes allocated, {what}", $"**{Format.Number(bytes)}**", "0", Format.Verdict(bytes == 0));

    private static void Startup(Settings settings, Report report)
    {
        (double created, double predicted) = StartupTime.Measure(settings.Turns);
        report.Row(
            "fresh process, `new` and first `Predict` of 784-128-10, ms",
            $"**{Format.Number(created + predicted)}** (`new` {Format.Number(created)}, `Predict` {Format.Number(predicted)})",
            $"{MostStartupMilliseconds}",
            Format.Verdict(created + predicted <= MostStartupMilliseconds));
    }
}
