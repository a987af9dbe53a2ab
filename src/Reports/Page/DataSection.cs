using Unroll.Reports.Charts;
using Unroll.Reports.Findings;
using Unroll.Reports.Record;

namespace Unroll.Reports.Page;

/// <summary>Sizes, class counts and ranges of the data.</summary>
internal static class DataSection
{
    private const int MostRows = 64;

    public static void Write(Html html, TrainingRecord record)
    {
        (string Name, DataFacts? Facts)[] parts = [("training", record.Training), ("validation", record.Validation)];
        if (parts.All(static part => part.Facts is null))
        {
            return;
        }

        html.Table("Data", ["part", "samples", "features", "targets", "least feature", "largest feature", "weights"], parts.Where(static part => part.Facts is not null).Select(static part =>
        {
            DataFacts facts = part.Facts!;
            return (IReadOnlyList<string>)
            [
                part.Name,
                Numbers.Count(facts.Count),
                Numbers.Count(facts.FeatureSize),
                Numbers.Count(facts.TargetSize),
                Numbers.Text(facts.Features.Min(static feature => feature.Minimum)),
                Numbers.Text(facts.Features.Max(static feature => feature.Maximum)),
                facts.HasWeights ? "yes" : "no",
            ];
        }));
        DataFacts shown = record.Training ?? record.Validation!;
        html.Raw("<div class=\"charts\">");
        foreach ((Head head, ColumnFacts[] _, int[] counts, double[] _) in shown.Heads.Where(static facts => facts.ClassCounts.Length > 0))
        {
            string[] labels = [.. Enumerable.Range(0, counts.Length).Select(static label => $"{label}")];
            string description = string.Join("; ", labels.Zip(counts, static (label, count) => $"class {label}: {count}"));
            string title = $"{(head.IsClassifier ? "Samples" : "Steps")} of each class{head.Of}";
            html.Figure(title, description, id => Bars.Counts(id, labels, counts, "class"));
        }

        html.Raw("</div>");
        foreach (HeadFacts facts in shown.Heads.Where(static facts => facts.ClassCounts.Length == 0))
        {
            WriteColumns(html, $"Targets{facts.Head.Of}", "target", facts.Targets, []);
        }

        WriteColumns(html, "Features", "feature", shown.Features, [.. shown.Heads.Where(static facts => facts.Association.Length > 0)]);
    }

    private static void WriteColumns(Html html, string title, string name, ColumnFacts[] columns, HeadFacts[] told)
    {
        bool many = columns.Length > MostRows;
        html.Raw($"<details{(many ? "" : " open")}><summary>{title}{(many ? $": the first {MostRows} of {Numbers.Count(columns.Length)}" : "")}</summary>");
        html.Table(title, [name, "least", "largest", "mean", "deviation", .. told.Select(static facts => $"tells {(facts.Head.IsAlone ? "" : $"{facts.Head.Name} ")}alone")], columns.Take(MostRows).Select((column, i) => (IReadOnlyList<string>)
        [
            $"{i}",
            Numbers.Text(column.Minimum),
            Numbers.Text(column.Maximum),
            Numbers.Text(column.Mean),
            Numbers.Text(column.Deviation),
            .. told.Select(facts => Numbers.Percent(facts.Association[i])),
        ]));
        html.Raw("</details>");
    }
}
