using Unroll.Shift;

namespace Unroll.Samples;

/// <summary>Covariate shift: the office has a new scanner, of which the training data have but a few pages.</summary>
internal static class ScannerStory
{
    public static void Tell()
    {
        (Dataset past, Dataset future) = DigitData.Load().Split(0.7f, seed: 1);
        (Dataset old, Dataset few) = past.Split(0.93f, seed: 2);
        Dataset training = DigitData.Joined(old, DigitData.Rescanned(few));
        (Dataset before, Dataset later) = future.Split(0.4f, seed: 7);
        Dataset now = DigitData.Rescanned(later);

        Console.WriteLine("1. A new scanner: paler, and a pixel to the right.");
        Console.WriteLine($"   Of the training images {old.Count} are from the old one and {few.Count} from such a one; all {now.Count} to read now are.");
        Console.WriteLine();
        Console.WriteLine("   The old scanner, last month against this month:");
        Console.WriteLine(CovariateShift.Test(old, before, seed: 1));
        Console.WriteLine();
        Console.WriteLine("   The training images against those of the new scanner:");
        Console.WriteLine(CovariateShift.Test(training, now, seed: 1));
        Console.WriteLine();

        DigitClassifier model = Training.Of(training);
        float[] weights = CovariateShift.Weights(training, now, seed: 1);
        DigitClassifier mended = Training.Of(
            new Dataset(training.Features.ToArray(), training.Targets.ToArray(), training.Count, weights));
        Console.WriteLine($"   weights: {Mean(weights.AsSpan(0, old.Count)):0.00} on average for the old scanner, {Mean(weights.AsSpan(old.Count)):0.00} for the new; worth {CovariateShift.EffectiveSampleSize(weights):0} of {training.Count} images");
        Report.Accuracy("old scanner", Training.AccuracyOf(model, before));
        Report.Accuracy("new scanner", Training.AccuracyOf(model, now));
        Report.Accuracy("new scanner, trained with weights", Training.AccuracyOf(mended, now));
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
