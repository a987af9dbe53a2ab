using System.Text.Json;

namespace Unroll.Benchmarks;

/// <summary>What a second thread gains.</summary>
/// <param name="Shape">The network.</param>
/// <param name="Batch">Samples a step, or a call of <c>Predict</c>.</param>
/// <param name="Target">The least time of one thread ÷ that of two.</param>
internal sealed record ThreadGain(string Shape, int Batch, double Target)
{
    /// <summary>Whether it predicts; else it trains.</summary>
    public bool IsPrediction { get; init; }

    public static IReadOnlyList<ThreadGain> All { get; } =
    [
        new("784-512-512-10", 256, 1.7),
        new("1024-1024-1024", 256, 1),
        new("cifar", 32, 1.7),
        new("cifar", 1, 1.7) { IsPrediction = true },
        new("cifar", 32, 1.7) { IsPrediction = true },
        new("784-128-10", 128, 1),
        new("784-128-10", 32, 1),
        new("13-64-64-1", 1024, 1),
        new("13-64-64-1", 128, 1),
        new("13-64-64-1", 32, 1),
        new("4-16-3", 256, 1),
        new("4-16-3", 32, 1),
    ];

    /// <summary>Prints the alternations of two threads with one as JSON, in the order of <see cref="All"/>.</summary>
    public static void Run(Settings settings)
    {
        Alternation[] results = [.. All.Select(gain =>
        {
            Func<int, double> microseconds = gain.IsPrediction ? PredictionOf(gain, settings) : TrainingOf(gain, settings);
            return Alternation.Run(settings.Turns, () => microseconds(2), () => microseconds(1));
        })];
        Console.WriteLine(JsonSerializer.Serialize(results));
    }

    private static Func<int, double> TrainingOf(ThreadGain gain, Settings settings)
    {
        var workload = TrainingWorkload.Of(gain.Shape, gain.Batch);
        return threads => workload.MedianMicroseconds(settings.Seconds, threads);
    }

    private static Func<int, double> PredictionOf(ThreadGain gain, Settings settings)
    {
        BenchmarkNetwork network = BenchmarkNetwork.Of(gain.Shape);
        Model model = network.Create();
        float[] x = RandomData.Inputs(network, gain.Batch);
        float[] y = new float[gain.Batch * network.Outputs];
        return threads => Repetition.MedianMicroseconds(() => model.Predict(x, y, threads), settings.Seconds);
    }

    /// <summary>In a process that may use every processor.</summary>
    public static Alternation[] Measure(Settings settings)
    {
        string output = ProcessorChoice.OnAll(() => ChildRun.Output(
            new Dictionary<string, string>(), ChildKind.Threads, JsonSerializer.Serialize(settings)));
        return JsonSerializer.Deserialize<Alternation[]>(output)!;
    }
}
