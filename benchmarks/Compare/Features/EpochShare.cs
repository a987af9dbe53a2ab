using System.Diagnostics;
using Unroll.Data;

namespace Unroll.Benchmarks;

/// <summary>The section of whole epochs: MNIST through <c>Fit</c> by LeNet-5, beside what SimpleChains publishes of its variant.</summary>
internal static class EpochShare
{
    private const int Batch = 32;
    private const double Target = 0.45;

    public static void Run(Settings settings, Report report)
    {
        report.Heading("Epochs of LeNet-5");
        report.Paragraph(
            $"{settings.EpochSamples} {(settings.DataFolder is null ? "random images" : "images of MNIST")} through `Fit` with Adam, batches of {Batch}, shuffled; median (least to greatest) over the turns. "
            + "Of the peak: the network's own multiply-adds as a share of the most that the processor can do, measured in each turn. Processor: the share of it that the epoch had; below 90 %, another program disturbed it. "
            + "`lenet`: tanh, padding, average pooling. `lenet-simplechains`: relu, no padding, max pooling, of which SimpleChains.jl publishes ten epochs in 1.23 s on 18 cores (i9-10980XE) and 5.32 s on 4 (i7-1165G7): "
            + "some 2.2 and 2.1 core-seconds an epoch, 26 % and 38 % of these machines' peaks.");
        report.Table("network", "multiply-adds an epoch", "core-seconds", "of the peak", "target", "met", "processor");
        foreach (string name in new[] { "lenet", "lenet-simplechains" })
        {
            Measure(BenchmarkNetwork.Of(name), settings, report);
        }

        report.Line();
    }

    /// <summary>The images of an epoch: MNIST's, or random ones where it is not there.</summary>
    public static Dataset ImagesOf(Settings settings)
    {
        if (settings.DataFolder is not string folder)
        {
            return RandomData.Digits(settings.EpochSamples);
        }

        Dataset images = Mnist.Load(folder).Train;
        return images.Take(Math.Min(images.Count, settings.EpochSamples));
    }

    private static void Measure(BenchmarkNetwork network, Settings settings, Report report)
    {
        Dataset images = ImagesOf(settings);
        Model model = network.Create();
        model.Compile(new Adam(), network.CreateLoss());
        double multiplyAdds = (double)network.TrainingMultiplyAdds * images.Count;
        var seconds = new List<double>();
        var shares = new List<double>();
        var processor = new List<double>();

        // The first epoch compiles the code.
        for (int turn = -1; turn < settings.Turns; turn++)
        {
            double peak = settings.Threads * VectorSpeed.Widest.MultiplyAdds(settings.Seconds);
            TimeSpan busy = Environment.CpuUsage.TotalTime;
            long start = Stopwatch.GetTimestamp();
            model.Fit(images, batchSize: Batch, threads: settings.Threads, verbose: false);
            double elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
            if (turn >= 0)
            {
                seconds.Add(elapsed * settings.Threads);
                shares.Add(multiplyAdds / elapsed / peak);
                processor.Add((Environment.CpuUsage.TotalTime - busy).TotalSeconds / elapsed / settings.Threads);
            }
        }

        double share = Statistics.Median(shares);
        report.Row(
            network.Name,
            $"{Format.Number(multiplyAdds / 1e9)}·10⁹",
            $"**{Format.Number(Statistics.Median(seconds))}** ({Format.Number(seconds.Min())} to {Format.Number(seconds.Max())})",
            Format.Percent(share),
            Format.Percent(Target),
            Format.Verdict(share >= Target, Statistics.Median(processor)),
            Format.Percent(Statistics.Median(processor)));
    }
}
