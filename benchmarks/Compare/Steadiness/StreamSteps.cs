using System.Diagnostics;

namespace Unroll.Benchmarks;

/// <summary>The section of streams: how long their steps take, and the worst of a million.</summary>
internal static class StreamSteps
{
    private const int Steps = 1_000_000;
    private const int QuickSteps = 50_000;
    private const int WarmUp = 1_000;
    private const double MostOfMedian = 20;

    public static void Run(Settings settings, Report report)
    {
        report.Heading("Streams");
        report.Paragraph("Every step on a clock of its own, which adds its own time to each. An interrupt, or another program on the processor, is in the worst.");
        report.Table("what", "measured", "target", "met");
        Measure("LSTM 1-16, dense 1", new StreamLstm(seed: 1).CreateStream(), settings.Quick ? QuickSteps : Steps, report);
        report.Line();
    }

    private static void Measure(string name, ModelStream stream, int steps, Report report)
    {
        float[] inputs = RandomData.Uniform(steps);
        float[] output = new float[stream.OutputSize];
        double[] times = new double[steps];
        WarmedUp(stream, output);

        long allocated = GC.GetAllocatedBytesForCurrentThread();
        TimeSpan used = Environment.CpuUsage.TotalTime;
        long begin = Stopwatch.GetTimestamp();
        for (int step = 0; step < steps; step++)
        {
            long before = Stopwatch.GetTimestamp();
            stream.Step(inputs.AsSpan(step, 1), output);
            times[step] = Stopwatch.GetTimestamp() - before;
        }

        double share = (Environment.CpuUsage.TotalTime - used) / Stopwatch.GetElapsedTime(begin);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;

        Array.Sort(times);
        double median = times[steps / 2], worst = times[^1];
        int late = times.Count(time => time > MostOfMedian * median);
        report.Row(
            $"worst of {steps} steps of {name} ÷ median",
            $"**{Format.Number(worst / median)}** (worst {Nanoseconds(worst)}, median {Nanoseconds(median)}, 99.99 % within {Nanoseconds(times[(int)(steps * 0.9999)])}; {late} beyond the target)",
            $"{MostOfMedian}",
            Format.Verdict(worst <= MostOfMedian * median, share));
        report.Row($"bytes allocated, {steps} steps of {name}", $"**{Format.Number(allocated)}**", "0", Format.Verdict(allocated == 0));
    }

    // As docs/sequences.md has it: code is compiled, parameters are prepared, memory is there.
    private static void WarmedUp(ModelStream stream, float[] output)
    {
        float[] silence = new float[stream.FrameSize];
        for (int step = 0; step < WarmUp; step++)
        {
            stream.Step(silence, output);
        }

        stream.Reset();
    }

    private static string Nanoseconds(double ticks) => $"{Format.Number(ticks * 1e9 / Stopwatch.Frequency)} ns";
}
