using System.Globalization;
using Unroll.Reports.Findings;
using Unroll.Reports.Record;

namespace Unroll.Reports.Page;

/// <summary>The whole page: a section a subject, which its script shows as tabs.</summary>
internal static class ReportPage
{
    // Nothing may be fetched, whatever a name in the data looks like.
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";

    public static string Of(TrainingRecord record, IReadOnlyList<Finding> findings)
    {
        var html = new Html();
        (string Id, string Title, Action<Html, TrainingRecord> Write)[] sections =
        [
            ("overview", "Overview", (page, training) => OverviewSection.Write(page, training, findings)),
            ("layers", "Layers", LayerSection.Write),
            ("data", "Data", DataSection.Write),
            ("predictions", "Predictions", PredictionSection.Write),
            ("network", "Network", NetworkSection.Write),
            ("run", "Run", RunSection.Write),
        ];
        var written = new List<(string Id, string Title, string Html)>();
        foreach ((string id, string title, Action<Html, TrainingRecord> write) in sections)
        {
            int before = html.Length;
            write(html, record);
            if (html.Length > before)
            {
                written.Add((id, title, html.From(before)));
            }
        }

        string name = record.Network[(record.Network.LastIndexOf('.') + 1)..];
        string tabs = string.Concat(written.Select(static section =>
            $"<button role=\"tab\" id=\"tab-{section.Id}\" aria-controls=\"{section.Id}\">{section.Title}</button>"));
        string bodies = string.Concat(written.Select(static section =>
            $"<section id=\"{section.Id}\" role=\"tabpanel\" aria-labelledby=\"tab-{section.Id}\" tabindex=\"-1\"><h2>{section.Title}</h2>\n{section.Html}</section>\n"));
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="{Policy}">
            <title>{Html.Encode(name)}: training report</title>
            <style>
            {Resource("report.css")}
            </style>
            </head>
            <body>
            <header><h1>{Html.Encode(name)}</h1><p>{Html.Encode(Headline(record))}</p><button id="theme" type="button" hidden>Dark or light</button></header>
            <nav role="tablist" aria-label="Sections" hidden>{tabs}</nav>
            <main>
            {bodies}</main>
            <div id="tip" role="status" aria-live="polite" hidden></div>
            <script>
            {Resource("report.js")}
            </script>
            </body>
            </html>

            """.ReplaceLineEndings("\n");
    }

    private static string Headline(TrainingRecord record)
    {
        string state = record.Failure is OperationCanceledException ? "cancelled after" : record.Failure is not null ? "failed after" : record.IsOver ? "" : "in training:";
        string epochs = record.Epochs == 1 ? "1 epoch" : string.Create(CultureInfo.InvariantCulture, $"{record.Epochs} epochs");
        IEnumerable<string> last = record.History.Keys.Where(static key => !key.Contains('/', StringComparison.Ordinal)).Take(6)
            .Where(key => record.History[key].Count > 0).Select(key => $"{key} {Numbers.Text(record.History[key][^1])}");
        return string.Join(" · ", last.Prepend($"{state} {epochs}".Trim()));
    }

    private static string Resource(string name)
    {
        using Stream stream = typeof(ReportPage).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
