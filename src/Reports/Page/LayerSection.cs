using Unroll.Reports.Charts;
using Unroll.Reports.Findings;
using Unroll.Reports.Record;

namespace Unroll.Reports.Page;

/// <summary>What each layer was like, now and over the epochs.</summary>
internal static class LayerSection
{
    private static readonly (string Title, Func<LayerStatistic, float> Value, bool Logarithmic)[] s_charts =
    [
        ("Update / weights", static layer => layer.UpdateRatio, true),
        ("Norm of gradients", static layer => layer.GradientNorm, true),
        ("Norm of weights", static layer => layer.WeightNorm, true),
        ("Norm of updates", static layer => layer.UpdateNorm, true),
        ("Share of dead units", static layer => layer.DeadUnits, false),
        ("Share of saturated values", static layer => layer.Saturation, false),
        ("Spread of the outputs, from 5 to 95 %", static layer => layer.Quantiles.Count == 0 ? float.NaN : layer.Quantiles[^1] - layer.Quantiles[0], true),
    ];

    public static void Write(Html html, TrainingRecord record)
    {
        if (record.Layers.Count == 0)
        {
            return;
        }

        html.Paragraph("Norms are means over the steps measured in an epoch; hidden values are those of the latest epoch's end. An update of about 0.1 % of the weights a step is usual.");
        html.Raw("<div class=\"charts\">");
        string[] layers = [.. record.Layers[^1].Select(static layer => layer.Layer)];
        foreach ((string title, Func<LayerStatistic, float> value, bool logarithmic) in s_charts)
        {
            Curve[] curves =
            [
                .. layers.Select(layer => new Curve(layer, record.ValuesOf(layer, value), ""))
                    .Where(static curve => curve.Values.Any(float.IsFinite)),
            ];
            html.Chart(new LineChart(title, curves.Select((curve, i) => curve with
            {
                Color = curves.Length > ChartColor.SeriesColors ? ChartColor.Scale(i, curves.Length) : ChartColor.Series(i),
            }))
            { First = record.History.FirstEpoch + 1, MayBeLogarithmic = logarithmic, AreShares = title.StartsWith("Share", StringComparison.Ordinal) });
        }

        LayerStatistic[] seen = [.. record.Layers[^1].Where(static layer => layer.Quantiles.Count > 0)];
        if (seen.Length > 0)
        {
            string description = string.Join("; ", seen.Take(20).Select(static layer => $"{layer.Layer}: median {Numbers.Text(layer.Quantiles[2])}, 5 to 95 % {Numbers.Text(layer.Quantiles[0])} to {Numbers.Text(layer.Quantiles[4])}"));
            html.Figure("Outputs of the layers: median, middle half, 5 to 95 %", description, id => Bars.Boxes(id, seen), Bars.AreWide(seen));
        }

        html.Raw("</div>");
        WriteTable(html, record);
    }

    private static void WriteTable(Html html, TrainingRecord record) => html.Table(
        "Layers in the latest epoch",
        ["layer", "parameters", "weights", "gradient", "update", "update / weights", "dead units", "saturated", "median output", "5 to 95 %"],
        record.Layers[^1].Select(static layer => (IReadOnlyList<string>)
        [
            Html.Encode(layer.Layer),
            layer.Parameters == 0 ? "" : Numbers.Count(layer.Parameters),
            Number(layer.WeightNorm),
            Number(layer.GradientNorm),
            Number(layer.UpdateNorm),
            float.IsNaN(layer.UpdateRatio) ? "" : Numbers.Percent(layer.UpdateRatio),
            float.IsNaN(layer.DeadUnits) ? "" : Numbers.Percent(layer.DeadUnits),
            float.IsNaN(layer.Saturation) ? "" : Numbers.Percent(layer.Saturation),
            layer.Quantiles.Count == 0 ? "" : Numbers.Text(layer.Quantiles[2]),
            layer.Quantiles.Count == 0 ? "" : $"{Numbers.Text(layer.Quantiles[0])} to {Numbers.Text(layer.Quantiles[4])}",
        ]));

    private static string Number(float value) => float.IsNaN(value) ? "" : Numbers.Text(value);
}
