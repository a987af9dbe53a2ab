using Unroll.Shift;

namespace Unroll.Samples;

/// <summary>Drift: the network is in use, and one day the new scanner arrives.</summary>
internal static class StreamStory
{
    private const int Days = 40;
    private const int PagesADay = 50;
    private const int LastDayOfTheOld = 30;

    public static void Tell()
    {
        const string ReferenceFile = "reference.safetensors";
        (Dataset training, Dataset rest) = DigitData.Load().Split(0.4f, seed: 6);
        DigitClassifier model = Training.Of(training);
        DriftReference.Create(model, rest).Save(ReferenceFile);

        Console.WriteLine($"3. A stream of {PagesADay} images a day; after day {LastDayOfTheOld} they are from the new scanner.");
        Console.WriteLine($"   reference: {Path.GetFullPath(ReferenceFile)}");
        Dataset rescanned = DigitData.Rescanned(rest);
        using var monitor = new DriftMonitor(DriftReference.Load(ReferenceFile));
        var random = new Random(1);
        float[] prediction = new float[DigitClassifier.OutputSize];
        for (int page = 0; page < Days * PagesADay && !monitor.IsDrifting; page++)
        {
            Dataset scanner = page < LastDayOfTheOld * PagesADay ? rest : rescanned;
            ReadOnlySpan<float> image = scanner.FeaturesOf(random.Next(scanner.Count));
            model.Predict(image, prediction);
            monitor.Observe(image, prediction);
        }

        long late = monitor.Observations - (LastDayOfTheOld * PagesADay);
        Console.WriteLine(monitor.IsDrifting
            ? $"   alarm: {late} images after the change, by {string.Join(", ", monitor.Drifting)}"
            : "   alarm: none");
    }
}
