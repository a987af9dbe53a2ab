using System.Text.Json;

namespace Unroll.Benchmarks;

/// <summary>The section that holds kernels against the limits of the processor, at every width it has.</summary>
internal static class KernelEfficiency
{
    private const double Giga = 1e9;

    public static void Run(Settings settings, Report report)
    {
        WidthResult[] widths = [.. Machine.Widths.Select(width => Measure(width, settings))];
        report.Heading("Against the processor's limits, one thread");
        report.Paragraph("Measured in the same process as the kernels of that width. Multiply-adds in 10⁹ a second, memory in GB/s.");
        Limits(widths, report);
        report.Paragraph(
            "Multiply-adds as a share of that peak, median over the turns. Targets: 80 % for each kernel of a dense layer at every width, 65 % for "
            + "the whole step; of convolutions 92 % at 512 bits and 88 % of the kernel's gradient, 85 % at 256 bits, and 75 % of the first layer's, "
            + "which has few channels. "
            + $"Memory, at {widths[0].Bits} bits: each operand moved once, as a share of the reading speed of the nearest level that holds them all.");
        Kernels(widths, report);
    }

    private static WidthResult Measure(int width, Settings settings)
    {
        string output = ChildRun.Output(Machine.EnvironmentFor(width), ChildKind.Kernels, JsonSerializer.Serialize(settings));
        WidthResult result = JsonSerializer.Deserialize<WidthResult>(output)!;
        return result.Bits == width
            ? result
            : throw new InvalidOperationException($"A process meant to run at {width} bits ran at {result.Bits}.");
    }

    private static void Limits(WidthResult[] widths, Report report)
    {
        report.Table(["width", "multiply-adds", .. widths[0].Levels.SelectMany(static level => (string[])[$"{level.Name} read", $"{level.Name} triad"])]);
        foreach (WidthResult width in widths)
        {
            report.Row(
            [
                $"{width.Bits}",
                Format.Number(width.Peak / Giga),
                .. width.Levels.SelectMany(static level => (string[])[Format.Number(level.Read / Giga), Format.Number(level.Triad / Giga)]),
            ]);
        }

        report.Line();
    }

    private static void Kernels(WidthResult[] widths, Report report)
    {
        report.Table(["work", "batch", .. widths.SelectMany(static width => (string[])[$"{width.Bits}: µs", "of peak"]), "of memory", "met"]);
        for (int i = 0; i < widths[0].Kernels.Count; i++)
        {
            Row([.. widths.Select(width => width.Kernels[i])], ShareOfMemory(widths[0].Kernels[i], widths[0].Levels), report);
        }

        Row([.. widths.Select(static width => width.Step)], "", report);
        report.Line();
    }

    private static void Row(KernelTime[] times, string memory, Report report) => report.Row(
    [
        times[0].Name,
        $"{times[0].Batch}",
        .. times.SelectMany(static time => (string[])[Format.Number(time.Microseconds), Format.Percent(time.ShareOfPeak)]),
        memory,
        Format.Verdict(times.All(static time => time.Target is not double target || time.ShareOfPeak >= target), times.Min(static time => time.ProcessorShare)),
    ]);

    private static string ShareOfMemory(KernelTime time, IReadOnlyList<MemoryLevel> levels)
    {
        MemoryLevel level = levels.FirstOrDefault(level => time.Bytes <= level.Bytes) ?? levels[^1];
        return $"{Format.Percent(time.Bytes / time.Microseconds * 1e6 / level.Read)} of {level.Name}";
    }
}
