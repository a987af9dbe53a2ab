using System.Globalization;

namespace Unroll.Samples;

/// <summary>How often each digit was taken for each other, as a table: a row a digit, a column an answer.</summary>
internal static class ConfusionTable
{
    /// <summary>Asks the model about every image and writes the table; zeros as dots, so that the mistakes stand out.</summary>
    public static void Write(TextWriter writer, Model model, Dataset images)
    {
        ConfusionMatrix confusion = Count(model, images);
        var classes = Enumerable.Range(0, confusion.Classes);
        writer.WriteLine("       │" + string.Concat(classes.Select(static answer => $"{answer,6}")) + " │   right");
        writer.WriteLine("───────┼" + new string('─', 6 * confusion.Classes) + "─┼────────");
        foreach (int digit in classes)
        {
            string cells = string.Concat(classes.Select(answer => confusion[digit, answer] is > 0 and double count ? $"{count,6}" : "     ·"));
            double total = classes.Sum(answer => confusion[digit, answer]);
            string right = string.Create(CultureInfo.InvariantCulture, $"{100 * confusion[digit, digit] / Math.Max(total, 1):0.0} %");
            writer.WriteLine($"{digit,6} │{cells} │ {right,7}");
        }
    }

    private static ConfusionMatrix Count(Model model, Dataset images)
    {
        float[] probabilities = model.Predict(images.Features);
        int classes = probabilities.Length / images.Count;
        var confusion = new ConfusionMatrix();
        for (int row = 0; row < images.Count; row++)
        {
            confusion.Update(probabilities.AsSpan(row * classes, classes), images.TargetOf(row));
        }

        return confusion;
    }
}
