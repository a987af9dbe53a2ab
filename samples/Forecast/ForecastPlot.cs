using System.Globalization;
using System.Text;

namespace Unroll.Samples;

/// <summary>A picture of a series and its forecast.</summary>
internal static class ForecastPlot
{
    private const int Width = 960;
    private const int Height = 320;
    private const int Margin = 40;

    public static void Save(string path, Series series, int first, float[] forecasts)
    {
        float most = Math.Max(forecasts.Max(), Enumerable.Range(first, forecasts.Length).Max(month => series[month]));
        var svg = new StringBuilder();
        svg.AppendLine(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\">");
        svg.AppendLine("<title>Monthly sunspot numbers and their forecast a month ahead</title>");
        svg.AppendLine("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>");
        for (int year = 0; year <= forecasts.Length / 12; year += 5)
        {
            float x = X(12 * year, forecasts.Length);
            svg.AppendLine(CultureInfo.InvariantCulture, $"<line x1=\"{x:0.#}\" y1=\"{Margin}\" x2=\"{x:0.#}\" y2=\"{Height - Margin}\" stroke=\"#ddd\"/>");
            svg.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{Height - Margin + 18}\" text-anchor=\"middle\">{1749 + (first / 12) + year}</text>");
        }

        for (int number = 0; number <= most; number += 50)
        {
            float y = Y(number, most);
            svg.AppendLine(CultureInfo.InvariantCulture, $"<line x1=\"{Margin}\" y1=\"{y:0.#}\" x2=\"{Width - Margin}\" y2=\"{y:0.#}\" stroke=\"#ddd\"/>");
            svg.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"{Margin - 6}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{number}</text>");
        }

        AddLine(svg, "#999", [.. Enumerable.Range(first, forecasts.Length).Select(month => series[month])], most);
        AddLine(svg, "#c0392b", forecasts, most);
        svg.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"{Margin}\" y=\"24\">sunspots a month: <tspan fill=\"#777\">observed</tspan>, <tspan fill=\"#c0392b\">expected a month before</tspan></text>");
        svg.AppendLine("</svg>");
        File.WriteAllText(path, svg.ToString());
    }

    private static void AddLine(StringBuilder svg, string color, float[] values, float most)
    {
        string points = string.Join(' ', values.Select((value, index) =>
            string.Create(CultureInfo.InvariantCulture, $"{X(index, values.Length):0.#},{Y(value, most):0.#}")));
        svg.AppendLine(CultureInfo.InvariantCulture, $"<polyline fill=\"none\" stroke=\"{color}\" stroke-width=\"1.5\" points=\"{points}\"/>");
    }

    private static float X(int index, int count) => Margin + (index * (Width - (2f * Margin)) / count);

    private static float Y(float value, float most) => Height - Margin - (value * (Height - (2f * Margin)) / most);
}
