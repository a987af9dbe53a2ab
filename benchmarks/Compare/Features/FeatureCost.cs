namespace Unroll.Benchmarks;

/// <summary>The section of what each layer, loss and optimizer adds to a training step.</summary>
internal static class FeatureCost
{
    private const int Batch = 32;

    // One that does not count, then ten groups that all hold two of every ten steps.
    private const int WatchedSteps = 201;

    public static void Run(Settings settings, Report report)
    {
        report.Heading("What a feature costs");
        report.Paragraph(
            $"Training steps in batches of {Batch}. Cost: the step with the feature ÷ that of the plain network with Adam and mean squared error, median (least to greatest) over the turns.");
        report.Table("feature", "step, µs", "plain, µs", "cost", "processor");
        Measure("784-128-10", Feature.OfDigits, settings, report);
        Measure("13-64-64-1", Feature.OfSmall, settings, report);
        Measure("4-16-3", Feature.OfTiny, settings, report);
        MeasureStatistics("784-512-512-10", settings, report);
        report.Line();
    }

    private static void Measure(string shape, IReadOnlyList<Feature> features, Settings settings, Report report)
    {
        TrainingWorkload plain = TrainingWorkload.Of(shape, Batch);
        foreach (Feature feature in features)
        {
            TrainingWorkload workload = feature.Create(BenchmarkNetwork.Of(shape), Batch);
            Alternation result = Alternation.Run(
                settings.Turns,
                () => plain.MedianMicroseconds(settings.Seconds, settings.Threads),
                () => workload.MedianMicroseconds(settings.Seconds, settings.Threads));
            Write($"{shape}, {feature.Name}", result, report);
        }
    }

    private static void MeasureStatistics(string shape, Settings settings, Report report)
    {
        TrainingWorkload plain = TrainingWorkload.Of(shape, Batch);
        foreach ((string name, int every) in new[] { ("every tenth step", 10), ("no step but the first", WatchedSteps) })
        {
            TrainingWorkload watched = TrainingWorkload.Of(shape, Batch);
            Alternation result = Alternation.Run(
                settings.Turns,
                () => plain.Run(WatchedSteps, settings.Threads).MedianMicroseconds(),
                () => watched.Run(WatchedSteps, settings.Threads, new LayerStatistics(every)).MedianMicroseconds());
            Write($"{shape}, `LayerStatistics` of {name}", result, report);
        }
    }

    private static void Write(string what, Alternation result, Report report) => report.Row(
        what,
        Format.Number(result.MedianOfOther),
        Format.Number(result.MedianOfOurs),
        $"**{Format.Number(result.Ratio)}** ({Format.Number(result.LeastRatio)} to {Format.Number(result.GreatestRatio)})",
        Format.Percent(result.ProcessorShare));
}
