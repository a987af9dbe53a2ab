using Unroll.Shift;

namespace Unroll.Samples;

/// <summary>Label shift: the forms of this month have other digits than those of the last.</summary>
internal static class FrequencyStory
{
    // What is left of the images of each digit.
    private static readonly float[] s_shares = [1f, 0.1f, 0.1f, 1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.6f];

    public static void Tell()
    {
        (Dataset training, Dataset rest) = DigitData.Load().Split(0.12f, seed: 4);
        (Dataset validation, Dataset later) = rest.Split(0.4f, seed: 5);
        Dataset now = DigitData.Thinned(later, s_shares);
        DigitClassifier model = Training.Of(training);

        Console.WriteLine("2. Other frequencies: of the digits to read now, most are 0, 3 and 9.");
        Console.WriteLine();
        LabelShiftEstimate labels = LabelShift.Estimate(model, validation, now, seed: 1);
        Console.WriteLine(labels);
        Console.WriteLine();
        float[] probabilities = model.Predict(now.Features);
        Report.Accuracy("as many of each digit", Training.AccuracyOf(model, validation));
        Report.Accuracy("other frequencies", Training.AccuracyOf(probabilities, now));
        Report.Accuracy("other frequencies, corrected", Training.AccuracyOf(labels.Correct(probabilities), now));
        Console.WriteLine();
    }
}
