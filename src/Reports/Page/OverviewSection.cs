using Unroll.Reports.Charts;
using Unroll.Reports.Findings;
using Unroll.Reports.Record;

namespace Unroll.Reports.Page;

/// <summary>What was found, and the curves of losses and metrics.</summary>
internal static class OverviewSection
{
    private const string Validation = "val_";
    private const string LearningRate = "learning_rate";

    public static void Write(Html html, TrainingRecord record, IReadOnlyList<Finding> findings)
    {
        WriteFindings(html, record, findings);
        if (record.Epochs == 0)
        {
            html.Paragraph("No epoch was finished.");
            return;
        }

        html.Raw("<div class=\"charts\">");
        int? best = BestEpoch(record);
        foreach (string key in Keys(record))
        {
            html.Chart(new LineChart(key, CurvesOf(record, key))
            {
                First = record.History.FirstEpoch + 1,
                MayBeLogarithmic = key.EndsWith("loss", StringComparison.Ordinal),
                Mark = best,
                MarkText = record.Curve(Validation + "loss") is null ? "least loss" : "least val_loss",
            });
        }

        IReadOnlyList<float> rates = record.LearningRates.Count > 0 ? record.LearningRates : record.Curve(LearningRate) ?? [];
        html.Chart(new LineChart("Learning rate", [new Curve("learning rate", rates, ChartColor.Series(2))]) { First = record.History.FirstEpoch + 1, MayBeLogarithmic = true });
        html.Chart(new LineChart("Seconds an epoch", [new Curve("seconds", record.Seconds, ChartColor.Series(3))]) { First = record.History.FirstEpoch + 1 });
        html.Raw("</div>");
        WriteEpochs(html, record);
    }

    private static void WriteFindings(Html html, TrainingRecord record, IReadOnlyList<Finding> findings)
    {
        if (record.Failure is { } failure and not OperationCanceledException)
        {
            html.Raw($"<p class=\"failure\">{Html.Encode($"{failure.GetType().Name}: {failure.Message}")}</p>");
        }

        if (findings.Count == 0)
        {
            html.Raw("<p class=\"well\">Nothing stands out: the training does what a training should, as far as it was looked at.</p>");
        }

        foreach (Finding finding in findings)
        {
            html.Raw($"<article class=\"finding\"><h3>{Html.Encode(finding.Title)}</h3><p>{Html.Encode(finding.Evidence)}</p><p><b>Try:</b> {Code(finding.Advice)}</p></article>");
        }

        foreach (string warning in record.Warnings)
        {
            html.Raw($"<p class=\"warning\">{Html.Encode(warning)}</p>");
        }
    }

    // `Name` is code.
    private static string Code(string text) =>
        string.Concat(Html.Encode(text).Split('`').Select(static (part, index) => index % 2 == 1 ? $"<code>{part}</code>" : part));

    private static IEnumerable<string> Keys(TrainingRecord record) => record.History.Keys.Where(key =>
        !key.Contains('/', StringComparison.Ordinal) && key != LearningRate
        && !(key.StartsWith(Validation, StringComparison.Ordinal) && record.History.ContainsKey(key[Validation.Length..])));

    private static IEnumerable<Curve> CurvesOf(TrainingRecord record, string key)
    {
        yield return new Curve(key, record.History[key], ChartColor.Series(0));
        if (record.Curve(Validation + key) is { } validation)
        {
            yield return new Curve(Validation + key, validation, ChartColor.Series(1));
        }
    }

    private static int? BestEpoch(TrainingRecord record)
    {
        IReadOnlyList<float> loss = record.Curve(Validation + "loss") ?? record.Curve("loss") ?? [];
        int[] finite = [.. Enumerable.Range(0, loss.Count).Where(epoch => float.IsFinite(loss[epoch]))];
        return finite.Length == 0 ? null : record.History.FirstEpoch + 1 + finite.MinBy(epoch => loss[epoch]);
    }

    private static void WriteEpochs(Html html, TrainingRecord record)
    {
        string[] keys = [.. record.History.Keys.Where(static key => !key.Contains('/', StringComparison.Ordinal))];
        html.Raw("<details><summary>All epochs as a table</summary>");
        html.Table("Values of each epoch", ["epoch", .. keys], Enumerable.Range(0, record.Epochs).Select(epoch => (IReadOnlyList<string>)
        [
            $"{record.History.FirstEpoch + epoch + 1}",
            .. keys.Select(key => epoch < record.History[key].Count ? Numbers.Text(record.History[key][epoch]) : ""),
        ]));
        html.Raw("</details>");
    }
}
