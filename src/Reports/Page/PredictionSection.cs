using System.Globalization;
using Unroll.Reports.Charts;
using Unroll.Reports.Findings;
using Unroll.Reports.Record;

namespace Unroll.Reports.Page;

/// <summary>What the network says: confusion matrix and worst samples, or residuals.</summary>
internal static class PredictionSection
{
    private const int MostClasses = 40;
    private const int MostPoints = 2000;

    public static void Write(Html html, TrainingRecord record)
    {
        if (record.Predictions is not [{ } first, ..])
        {
            return;
        }

        html.Paragraph($"{Numbers.Count(first.Count)} samples of the {(first.OfValidation ? "validation" : "training")} data.");
        foreach (Predictions predictions in record.Predictions)
        {
            string of = predictions.Head.Of;
            if (of.Length > 0)
            {
                html.Heading($"Output {predictions.Head.Name}");
            }

            Write(html, record, predictions, of);
        }
    }

    private static void Write(Html html, TrainingRecord record, Predictions predictions, string of)
    {
        if (predictions.Kind == LabelKind.None)
        {
            WriteResiduals(html, predictions, of);
        }
        else if (predictions.Classes <= MostClasses)
        {
            WriteConfusion(html, predictions, of);
        }

        WriteWorst(html, record, predictions, of);
    }

    private static void WriteConfusion(Html html, Predictions predictions, string of)
    {
        int[] classes = [.. Enumerable.Range(0, predictions.Classes)];
        html.Table($"Confusion matrix{of}: rows are the true classes, columns the answers", ["", .. classes.Select(static label => $"{label}"), "right"], classes.Select(actual =>
        {
            int row = predictions.Row(actual);
            return (IReadOnlyList<string>)
            [
                $"{actual}",
                .. classes.Select(answer => Cell(predictions.Confusion[actual, answer], row, actual == answer)),
                row == 0 ? "" : Numbers.Percent(predictions.Confusion[actual, actual] / (double)row),
            ];
        }));
    }

    private static string Cell(int count, int row, bool isRight) => count == 0 ? "" : string.Create(
        CultureInfo.InvariantCulture, $"<span class=\"{(isRight ? "right" : "wrong")}\" style=\"--share:{100.0 * count / row:0}%\">{count}</span>");

    private static void WriteResiduals(Html html, Predictions predictions, string of)
    {
        html.Raw("<div class=\"charts\">");
        float[] residuals = [.. predictions.Targets.Zip(predictions.Outputs, static (truth, said) => said - truth)];
        double error = Math.Sqrt(residuals.Average(static value => (double)value * value));
        double mean = predictions.Targets.Average();
        double variance = predictions.Targets.Average(value => (value - mean) * (value - mean));
        string summary = $"Root mean squared error {Numbers.Text(error)}, mean residual {Numbers.Text(residuals.Average())}, R² {Numbers.Text(1 - (error * error / variance))}";
        if (predictions.Head.Size == 1)
        {
            html.Figure($"Prediction against target{of}", summary, id => Bars.Scatter(id, predictions.Targets, predictions.Outputs, MostPoints));
        }

        html.Figure($"Residuals{of}: prediction − target", summary, id => Bars.Histogram(id, residuals, "residual"));
        html.Raw("</div>");
        html.Paragraph($"{summary}.");
    }

    private static void WriteWorst(Html html, TrainingRecord record, Predictions predictions, string of)
    {
        if (predictions.Worst.Count == 0)
        {
            return;
        }

        IReadOnlyList<int> shape = record.Graph?.Layers is [{ Kind: "Input" } input, ..] && record.Graph.Layers.Count(static node => node.Kind == "Input") == 1 ? input.Shape : [];
        if (predictions.Worst.All(sample => Picture.DataUri(shape, sample.Features) is not null))
        {
            html.Heading($"Worst samples{of}");
            html.Raw("<div class=\"pictures\">");
            foreach (WorstSample sample in predictions.Worst)
            {
                string text = Text(predictions, sample);
                html.Raw($"<figure><img alt=\"{Html.Encode($"Sample {sample.Row}: {text}")}\" src=\"{Picture.DataUri(shape, sample.Features)}\"><figcaption>sample {sample.Row}<br>{Html.Encode(text)}</figcaption></figure>");
            }

            html.Raw("</div>");
            return;
        }

        html.Table($"Worst samples{of}", ["sample", "what", "features"], predictions.Worst.Select(sample => (IReadOnlyList<string>)
        [
            $"{sample.Row}",
            Html.Encode(Text(predictions, sample)),
            Html.Encode(string.Join(", ", sample.Features.Take(12).Select(static value => Numbers.Text(value))) + (sample.Features.Length > 12 ? ", …" : "")),
        ]));
    }

    private static string Text(Predictions predictions, WorstSample sample)
    {
        if (predictions.Kind == LabelKind.None)
        {
            return $"target {Values(sample.Target)}, prediction {Values(sample.Output)}";
        }

        int actual = predictions.Head.ClassOf(sample.Target);
        int answer = Head.AnswerOf(sample.Output);
        return $"class {actual}, answer {answer} ({Numbers.Percent(1 - sample.Error)} for {actual})";
    }

    private static string Values(float[] values) => string.Join(", ", values.Take(4).Select(static value => Numbers.Text(value))) + (values.Length > 4 ? ", …" : "");
}
