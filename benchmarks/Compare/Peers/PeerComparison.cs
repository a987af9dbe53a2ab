using System.Diagnostics;

namespace Unroll.Benchmarks;

/// <summary>The sections that hold Unroll against PyTorch, libtorch and ONNX Runtime.</summary>
internal static class PeerComparison
{
    /// <param name="what">The kind of networks, for the heading.</param>
    /// <param name="rows">What is compared.</param>
    /// <param name="settings">How it is measured.</param>
    /// <param name="report">Where it is told.</param>
    public static void Run(string what, IReadOnlyList<PeerRow> rows, Settings settings, Report report)
    {
        using var peers = new PeerSet(settings);
        report.Heading($"{what} against PyTorch, libtorch and ONNX Runtime");
        report.List(peers.Notes);
        string images = settings.DataFolder is null ? "random images" : "images of MNIST";
        string epoch = rows.Any(static row => row.Kind == WorkKind.Epoch) ? $"The epoch is of {settings.EpochSamples} {images}. " : "";
        report.Paragraph(
            $"Ratio: the peer's time ÷ ours, median (least to greatest) over the turns. {epoch}"
            + "Of the peak: the multiply-adds of Unroll and of the peer as a share of the most that the processor can do, measured in each turn; a peer at 95 % leaves a ratio of at most 1.05. "
            + "Processor: the share of it that Unroll and the peer had in their turns; below 90 %, another program disturbed the row.");
        report.Table("work", "against", "Unroll, µs", "peer, µs", "ratio", "target", "met", "of the peak", "processor");
        foreach (PeerRow row in rows)
        {
            Func<double> ours = OursOf(row, settings);
            foreach ((string name, PeerProcess? peer) in peers.For(row.Kind))
            {
                Run(row, ours, name, peer, settings, report);
            }
        }

        report.Line();
    }

    private static void Run(PeerRow row, Func<double> ours, string name, PeerProcess? peer, Settings settings, Report report)
    {
        if (peer is null)
        {
            ours();
            report.Row(row.Description, name, Format.Number(ours()), "missing", "", Format.Number(row.Target), "", "", "");
            return;
        }

        double amount = row.Kind == WorkKind.Epoch ? settings.EpochSamples : settings.Seconds;
        string kind = row.Kind.ToString().ToLowerInvariant();
        var peaks = new List<double>();
        var result = Alternation.Run(
            settings.Turns,
            ours,
            () => peer.Ask(kind, row.Name, row.Batch, amount),
            () => peer.ProcessorTime,
            () => peaks.Add(settings.Threads * VectorSpeed.Widest.MultiplyAdds(settings.Seconds / 4)));
        double multiplyAdds = (double)row.MultiplyAdds * (row.Kind == WorkKind.Epoch ? settings.EpochSamples : row.Batch);
        string ShareOfPeak(IEnumerable<double> microseconds) => Format.Percent(Statistics.Median(
            microseconds.Zip(peaks, (time, peak) => multiplyAdds / time * 1e6 / peak)));

        report.Row(
            row.Description,
            name,
            Format.Number(result.MedianOfOurs),
            Format.Number(result.MedianOfOther),
            $"**{Format.Number(result.Ratio)}** ({Format.Number(result.LeastRatio)} to {Format.Number(result.GreatestRatio)})",
            Format.Number(row.Target),
            Format.Verdict(result.Ratio >= row.Target, result.ProcessorShare),
            $"{ShareOfPeak(result.Ours)}, {ShareOfPeak(result.Other)}",
            $"{Format.Percent(Statistics.Median(result.OurShares))}, {Format.Percent(Statistics.Median(result.OtherShares))}");
    }

    private static Func<double> OursOf(PeerRow row, Settings settings) => row.Kind switch
    {
        WorkKind.Predict => Prediction(row, settings),
        WorkKind.Train => Training(row, settings),
        _ => Epoch(row, settings),
    };

    private static Func<double> Prediction(PeerRow row, Settings settings)
    {
        BenchmarkNetwork network = BenchmarkNetwork.Of(row.Name);
        Model model = network.Create();
        float[] x = RandomData.Inputs(network, row.Batch);
        float[] y = new float[row.Batch * network.Outputs];
        return () => Repetition.MedianMicroseconds(() => model.Predict(x, y), settings.Seconds);
    }

    private static Func<double> Training(PeerRow row, Settings settings)
    {
        var workload = TrainingWorkload.Of(row.Name, row.Batch);
        return () => workload.MedianMicroseconds(settings.Seconds, settings.Threads);
    }

    private static Func<double> Epoch(PeerRow row, Settings settings)
    {
        Dataset images = EpochShare.ImagesOf(settings);
        var model = new DigitClassifier(seed: 1);
        model.Compile(new Adam(), new SparseCategoricalCrossentropy());
        return () =>
        {
            long start = Stopwatch.GetTimestamp();
            model.Fit(images, epochs: 1, batchSize: row.Batch, threads: settings.Threads, verbose: false);
            return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        };
    }
}
