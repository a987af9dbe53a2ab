using System.Globalization;
using System.Text;

namespace Unroll.Reports;

/// <summary>The values of epochs as an SVG image: one <see cref="ChartPanel"/> for a value and its validation counterpart.</summary>
internal static class HistoryChart
{
    private const int Gap = 24;
    private const string Validation = "val_";

    /// <param name="values">By their names, in the order of the panels; one an epoch.</param>
    /// <param name="epochs">How many epochs there are.</param>
    public static string Draw(IReadOnlyDictionary<string, IReadOnlyList<float>> values, int epochs)
    {
        List<ChartPanel> panels = PanelsOf(values, epochs);
        int columns = Math.Min(2, panels.Count);
        int rows = (panels.Count + columns - 1) / columns;
        int width = (columns * (ChartPanel.Width + Gap)) + Gap;
        int height = (rows * (ChartPanel.Height + Gap)) + Gap;

        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"
                 font-family="system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif" font-size="12">
            <rect width="{width}" height="{height}" fill="#ffffff"/>

            """);
        for (int i = 0; i < panels.Count; i++)
        {
            int x = Gap + (i % columns * (ChartPanel.Width + Gap));
            int y = Gap + (i / columns * (ChartPanel.Height + Gap));
            svg.Append(CultureInfo.InvariantCulture, $"<g transform=\"translate({x} {y})\">\n");
            panels[i].Draw(svg);
            svg.Append("</g>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static List<ChartPanel> PanelsOf(IReadOnlyDictionary<string, IReadOnlyList<float>> values, int epochs)
    {
        var panels = new List<ChartPanel>();
        foreach (string key in values.Keys.Where(static key => !Logs.IsOfLayer(key)))
        {
            bool ofValidation = key.StartsWith(Validation, StringComparison.Ordinal);
            if (ofValidation && values.ContainsKey(key[Validation.Length..]))
            {
                continue;
            }

            var panel = new ChartPanel(key, epochs);
            panel.Add(key, values[key], ofValidation);
            if (values.ContainsKey(Validation + key))
            {
                panel.Add(Validation + key, values[Validation + key], ofValidation: true);
            }

            panels.Add(panel);
        }

        return panels;
    }
}
