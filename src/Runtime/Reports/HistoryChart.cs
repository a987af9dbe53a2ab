using System.Globalization;
using System.Text;

namespace Unroll.Reports;

/// <summary>A <see cref="History"/> as an SVG image: one <see cref="ChartPanel"/> for a value and its validation counterpart.</summary>
internal static class HistoryChart
{
    private const int Gap = 24;
    private const string Validation = "val_";

    public static string Draw(History history)
    {
        List<ChartPanel> panels = PanelsOf(history);
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

    private static List<ChartPanel> PanelsOf(History history)
    {
        var panels = new List<ChartPanel>();
        foreach (string key in history.Keys.Where(static key => !History.IsOfLayer(key)))
        {
            bool ofValidation = key.StartsWith(Validation, StringComparison.Ordinal);
            if (ofValidation && history.Keys.Contains(key[Validation.Length..]))
            {
                continue;
            }

            var panel = new ChartPanel(key, history.Epochs);
            panel.Add(key, history[key], ofValidation);
            if (history.Keys.Contains(Validation + key))
            {
                panel.Add(Validation + key, history[Validation + key], ofValidation: true);
            }

            panels.Add(panel);
        }

        return panels;
    }
}
