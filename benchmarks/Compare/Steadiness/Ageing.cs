using Unroll.Data;

namespace Unroll.Benchmarks;

/// <summary>Whether steps become slower as a training goes on.</summary>
/// <remarks>
/// Moments of weights behind pixels that are nearly always 0 decay into denormal numbers, and arithmetic on those is many times slower.
/// </remarks>
internal static class Ageing
{
    private const int Batch = 32;
    private const int Young = 10;
    private const int QuickOld = 500;
    private const int FullOld = 10_000;
    private const int LongestTurn = 500;

    public static int Old(Settings settings) => settings.Quick ? QuickOld : FullOld;

    /// <summary>Steps of a training that is old, against those of one that begins, in turns.</summary>
    /// <returns>Ours: the old training's; other: the young one's.</returns>
    public static Alternation Measure(Settings settings)
    {
        Dataset images = settings.DataFolder is string folder ? Mnist.Load(folder).Train : RandomData.Digits(8_000);
        TrainingWorkload old = Create(images);
        double estimate = old.Run(Old(settings), settings.Threads).MedianMicroseconds();
        int steps = Math.Clamp((int)(settings.Seconds * 1e6 / estimate), 20, LongestTurn);
        return Alternation.Run(
            settings.Turns,
            () => old.Run(steps + Young, settings.Threads).MedianMicroseconds(skip: Young),
            () => Create(images).Run(steps + Young, settings.Threads).MedianMicroseconds(skip: Young));
    }

    private static TrainingWorkload Create(Dataset images) =>
        new(new DigitClassifier(seed: 1), new SparseCategoricalCrossentropy(), images, Batch);
}
