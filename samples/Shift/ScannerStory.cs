using Unroll.Shift;

namespace Unroll.Samples;

/// <summary>Covariate shift: the office has a new scanner, of which the training data have but a few pages.</summary>
internal static class ScannerStory
{
    public static void Tell()
    {
        (Dataset past, Dataset future) = DigitData.Load().Split(0.7f, seed: 1);
        (Dataset old, Dataset few) = past.Split(0.85f, seed: 2);
        Dataset training = DigitData.Joined(old, DigitData.Rescanned(few));
        (Dataset before, Dataset later) = future.Split(0.4f, seed: 3);
        Dataset now = DigitData.Rescanned(later);

        Console.WriteLine("1. A new scanner: paler, and a pixel to the right.");
        Console.WriteLine($"   {old.Count} training images are from the old one, {few.Count} from such a one; all {now.Count} images to read now are.");
        Console.WriteLine();
        Console.WriteLine(CovariateShift.Test(training, before, seed: 1));
        Console.WriteLine();
        Console.WriteLine(CovariateShift.Test(training, now, seed: 1));
        Console.WriteLine();

        DigitClassifier model = Training.Of(training);
        float[] weights = CovariateShift.Weights(training, now, seed: 1);
        var weighted = new Dataset(training.Features.ToArray(), training.Targets.ToArray(), training.Count, weights);
        DigitClassifier mended = Training.Of(weighted);
        Console.WriteLine($"   weights: the effective sample size is {CovariateShift.EffectiveSampleSize(weights):0} of {training.Count}");
        Console.WriteLine($"   mean weight, old scanner {Mean(weights.AsSpan(0, old.Count)):0.00}, new scanner {Mean(weights.AsSpan(old.Count)):0.00}");
        Console.WriteLine($"   accuracy on the old scanner {Training.AccuracyOf(model, before):0.000}, on the new {Training.AccuracyOf(model, now):0.000}, retrained with weights {Training.AccuracyOf(mended, now):0.000}");
        Console.WriteLine();
    }

    private static float Mean(ReadOnlySpan<float> values)
    {
        float sum = 0;
        foreach (float value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
