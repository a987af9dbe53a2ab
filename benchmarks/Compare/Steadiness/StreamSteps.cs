using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Unroll.Benchmarks;

/// <summary>The section of streams: a step against one of RTNeural, and the worst of a million.</summary>
internal static class StreamSteps
{
    private const int Steps = 1_000_000;
    private const int QuickSteps = 50_000;
    private const int WarmUp = 1_000;
    private const int Frames = 256;
    private const double MostOfMedian = 20;

    public static void Run(Settings settings, Report report)
    {
        Compare(settings, report);
        report.Heading("The worst step of a stream");
        report.Paragraph("Every step on a clock of its own, which adds its own time to each. An interrupt, or another program on the processor, is in the worst.");
        report.Table("stream", "steps", "median, ns", "99.99 % within, ns", "worst, ns", "worst ÷ median", "target", "met", "beyond it", "bytes allocated");
        foreach (StreamRow row in StreamRow.All)
        {
            Single(row, settings.Quick ? QuickSteps : Steps, report);
        }

        report.Line();
    }

    private static void Compare(Settings settings, Report report)
    {
        using var builds = new RTNeuralSet(settings);
        report.Heading("Streams against RTNeural");
        report.List([builds.Note]);
        report.Paragraph(
            "A step with a dense output of one value, against each of RTNeural's back ends. Ratio: RTNeural's time ÷ ours, median (least to greatest) over the turns. "
            + "Of the peak: the multiply-adds of Unroll and of RTNeural as a share of the most that the processor can do, measured in each turn. "
            + "Processor: the share of it that both had in their turns; below 90 %, another program disturbed the row.");
        report.Table("stream", "against", "Unroll, ns", "RTNeural, ns", "ratio", "target", "met", "of the peak", "processor");
        foreach (StreamRow row in StreamRow.All)
        {
            InTurns(row, builds, settings, report);
        }

        report.Line();
    }

    private static void InTurns(StreamRow row, RTNeuralSet builds, Settings settings, Report report)
    {
        ModelStream stream = row.Create();
        float[] inputs = RandomData.Uniform(stream.FrameSize * Frames);
        float[] output = new float[stream.OutputSize];
        WarmUpOf(stream, output);
        double Ours() => Repetition.MedianMicroseconds(() => Pass(stream, inputs, output), settings.Seconds) / Frames;
        string target = row.Target is double least ? Format.Number(least) : "";
        IReadOnlyList<PeerProcess> fastest = builds.FastestFor(row.Name, settings.Seconds / 2);
        if (fastest.Count == 0)
        {
            Ours();
            report.Row(row.Description, "missing", Nanoseconds(Ours()), "", "", target, "", "", "");
        }

        foreach (PeerProcess build in fastest)
        {
            InTurns(row, Ours, build, target, settings, report);
        }
    }

    private static void InTurns(StreamRow row, Func<double> ours, PeerProcess build, string target, Settings settings, Report report)
    {
        var peaks = new List<double>();
        Alternation result = Alternation.Run(
            settings.Turns,
            ours,
            () => RTNeuralSet.Microseconds(build, row.Name, settings.Seconds),
            () => build.ProcessorTime,
            () => peaks.Add(VectorSpeed.Widest.MultiplyAdds(settings.Seconds / 4)));
        string ShareOfPeak(IEnumerable<double> microseconds) => Format.Percent(Statistics.Median(
            microseconds.Zip(peaks, (time, peak) => row.MultiplyAdds / time * 1e6 / peak)));
        report.Row(
            row.Description,
            build.Version["RTNeural ".Length..],
            Nanoseconds(result.MedianOfOurs),
            Nanoseconds(result.MedianOfOther),
            $"**{Format.Number(result.Ratio)}** ({Format.Number(result.LeastRatio)} to {Format.Number(result.GreatestRatio)})",
            target,
            row.Target is null ? "" : Format.Verdict(result.Ratio >= row.Target, result.ProcessorShare),
            $"{ShareOfPeak(result.Ours)}, {ShareOfPeak(result.Other)}",
            $"{Format.Percent(Statistics.Median(result.OurShares))}, {Format.Percent(Statistics.Median(result.OtherShares))}");
    }

    private static void Single(StreamRow row, int steps, Report report)
    {
        ModelStream stream = row.Create();
        float[] inputs = RandomData.Uniform(stream.FrameSize * Frames);
        float[] output = new float[stream.OutputSize];
        double[] times = new double[steps];
        WarmUpOf(stream, output);

        // What is left of a thread's own piece of memory counts as allocated when a collection takes it: that of the array of times comes before.
        GC.Collect();
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        TimeSpan used = Environment.CpuUsage.TotalTime;
        long begin = Stopwatch.GetTimestamp();
        Time(stream, inputs, output, times);
        double share = (Environment.CpuUsage.TotalTime - used) / Stopwatch.GetElapsedTime(begin);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;

        Array.Sort(times);
        double median = times[steps / 2], worst = times[^1];
        int late = times.Count(time => time > MostOfMedian * median);
        report.Row(
            row.Description,
            $"{steps}",
            OfTicks(median),
            OfTicks(times[(int)(steps * 0.9999)]),
            OfTicks(worst),
            $"**{Format.Number(worst / median)}**",
            $"{MostOfMedian}",
            Format.Verdict(worst <= MostOfMedian * median, share),
            $"{late}",
            $"{allocated}");
    }

    // As docs/sequences.md has it: code is compiled, parameters are prepared, memory is there.
    private static void WarmUpOf(ModelStream stream, float[] output)
    {
        float[] silence = new float[stream.FrameSize];
        for (int step = 0; step < WarmUp; step++)
        {
            stream.Step(silence, output);
        }

        stream.Reset();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pass(ModelStream stream, float[] inputs, float[] output)
    {
        int size = stream.FrameSize;
        for (int frame = 0; frame < Frames; frame++)
        {
            stream.Step(inputs.AsSpan(frame * size, size), output);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Time(ModelStream stream, float[] inputs, float[] output, double[] times)
    {
        int size = stream.FrameSize;
        for (int step = 0; step < times.Length; step++)
        {
            long before = Stopwatch.GetTimestamp();
            stream.Step(inputs.AsSpan(step % Frames * size, size), output);
            times[step] = Stopwatch.GetTimestamp() - before;
        }
    }

    private static string Nanoseconds(double microseconds) => Format.Number(microseconds * 1000);

    private static string OfTicks(double ticks) => Format.Number(ticks * 1e9 / Stopwatch.Frequency);
}
