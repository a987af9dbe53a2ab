namespace Unroll.Benchmarks;

/// <summary>The section of predictions and streams with weights of half the width.</summary>
internal static class RoundedGain
{
    private const int Batch = 256;

    public static void Run(Settings settings, Report report)
    {
        report.Heading("Weights of half the width");
        report.Paragraph(
            "`InferenceWeights = WeightPrecision.BFloat16` against the same network without it. Gain: the time without ÷ the time with it, median (least to greatest) over the turns.");
        report.Table("prediction", "16 bits, µs", "32 bits, µs", "gain", "processor");
        OfPredictions("784-128-10", new DigitsRounded(seed: 1), settings, report);
        OfPredictions("784-512-512-10", new WideRounded(seed: 1), settings, report);
        OfPredictions("1024-1024-1024", new SquareRounded(seed: 1), settings, report);
        OfStreams("LSTM 1-64", new LstmStreamRounded(seed: 1).CreateStream(), new LstmStream(seed: 1).CreateStream(), settings, report);
        OfStreams("GRU 8-64", new GruStreamRounded(seed: 1).CreateStream(), new GruStream(seed: 1).CreateStream(), settings, report);
        report.Line();
    }

    private static void OfPredictions(string shape, Model rounded, Settings settings, Report report)
    {
        BenchmarkNetwork network = BenchmarkNetwork.Of(shape);
        Model plain = network.Create();
        foreach (int samples in new[] { 1, Batch })
        {
            float[] x = RandomData.Uniform(samples * network.Inputs);
            float[] y = new float[samples * network.Outputs];
            string what = samples == 1 ? "one sample" : $"batch {samples}";
            Measure($"{what}, {shape}", () => rounded.Predict(x, y), () => plain.Predict(x, y), settings, report);
        }
    }

    private static void OfStreams(string shape, ModelStream rounded, ModelStream plain, Settings settings, Report report)
    {
        float[] x = RandomData.Uniform(rounded.FrameSize);
        float[] y = new float[rounded.OutputSize];
        Measure($"a step of a stream, {shape}", () => rounded.Step(x, y), () => plain.Step(x, y), settings, report);
    }

    private static void Measure(string what, Action rounded, Action plain, Settings settings, Report report)
    {
        Alternation result = Alternation.Run(
            settings.Turns,
            () => Repetition.MedianMicroseconds(rounded, settings.Seconds),
            () => Repetition.MedianMicroseconds(plain, settings.Seconds));
        report.Row(
            what,
            Format.Number(result.MedianOfOurs),
            Format.Number(result.MedianOfOther),
            $"**{Format.Number(result.Ratio)}** ({Format.Number(result.LeastRatio)} to {Format.Number(result.GreatestRatio)})",
            Format.Percent(result.ProcessorShare));
    }
}
