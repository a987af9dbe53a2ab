using System.Globalization;
using System.Security;
using System.Text;

namespace Unroll.Reports;

/// <summary>
/// Curves over the epochs, with axes and a legend, as SVG elements whose origin is the panel's upper left corner.
/// </summary>
internal sealed class ChartPanel
{
    public const int Width = 460;
    public const int Height = 310;

    private const int Left = 56;
    private const int Right = Width - 8;
    private const int Top = 52;
    private const int Bottom = Height - 42;
    private const int MostMarkers = 40;

    private readonly List<(string Name, IReadOnlyList<float> Values, string Colour)> _curves = [];
    private readonly string _title;
    private readonly int _epochs;

    public ChartPanel(string title, int epochs)
    {
        _title = title;
        _epochs = epochs;
    }

    public void Add(string name, IReadOnlyList<float> values, bool ofValidation) =>
        _curves.Add((name, values, ofValidation ? "#e8710a" : "#1a66c2"));

    public void Draw(StringBuilder svg)
    {
        float[] finite = [.. _curves.SelectMany(curve => curve.Values).Where(float.IsFinite)];
        AxisScale vertical = finite.Length == 0 ? AxisScale.Covering(0, 1) : AxisScale.Covering(finite.Min(), finite.Max());
        AxisScale horizontal = AxisScale.OfCounts(1, _epochs);

        svg.Append("<text x=\"0\" y=\"14\" font-size=\"15\" font-weight=\"600\" fill=\"#222222\">").Append(Escaped(_title))
            .Append("</text>\n");
        DrawLegend(svg);
        DrawAxes(svg, horizontal, vertical);
        foreach ((_, IReadOnlyList<float> values, string colour) in _curves)
        {
            DrawCurve(svg, values, colour, horizontal, vertical);
        }
    }

    private void DrawLegend(StringBuilder svg)
    {
        double x = 0;
        foreach ((string name, IReadOnlyList<float> values, string colour) in _curves)
        {
            string text = string.Create(CultureInfo.InvariantCulture, $"{name} {values[^1]:G4}");
            svg.Append(CultureInfo.InvariantCulture, $"""
                <line x1="{x}" y1="30" x2="{x + 18}" y2="30" stroke="{colour}" stroke-width="2.5" stroke-linecap="round"/>
                <text x="{x + 24}" y="34" fill="#444444">{Escaped(text)}</text>

                """);

            // No text can be measured here: 6.6 pixels is a wide guess for a letter of 12 pixels.
            x += 48 + (6.6 * text.Length);
        }
    }

    private static void DrawAxes(StringBuilder svg, AxisScale horizontal, AxisScale vertical)
    {
        foreach (double tick in vertical.Ticks)
        {
            double y = Y(vertical, tick);
            svg.Append(CultureInfo.InvariantCulture, $"""
                <line x1="{Left}" y1="{y:0.##}" x2="{Right}" y2="{y:0.##}" stroke="#e4e4e4"/>
                <text x="{Left - 8}" y="{y + 4:0.##}" text-anchor="end" fill="#666666">{vertical.Label(tick)}</text>

                """);
        }

        foreach (double tick in horizontal.Ticks)
        {
            double x = X(horizontal, tick);
            svg.Append(CultureInfo.InvariantCulture, $"""
                <line x1="{x:0.##}" y1="{Bottom}" x2="{x:0.##}" y2="{Bottom + 4}" stroke="#999999"/>
                <text x="{x:0.##}" y="{Bottom + 18}" text-anchor="middle" fill="#666666">{horizontal.Label(tick)}</text>

                """);
        }

        svg.Append(CultureInfo.InvariantCulture, $"""
            <line x1="{Left}" y1="{Bottom}" x2="{Right}" y2="{Bottom}" stroke="#999999"/>
            <text x="{(Left + Right) / 2}" y="{Bottom + 38}" text-anchor="middle" fill="#444444">epoch</text>

            """);
    }

    private void DrawCurve(StringBuilder svg, IReadOnlyList<float> values, string colour, AxisScale horizontal, AxisScale vertical)
    {
        var path = new StringBuilder();
        var markers = new StringBuilder();
        bool connected = false;
        for (int i = 0; i < values.Count; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                connected = false;
                continue;
            }

            double x = X(horizontal, i + 1);
            double y = Y(vertical, values[i]);
            path.Append(CultureInfo.InvariantCulture, $"{(connected ? 'L' : 'M')}{x:0.##} {y:0.##}");

            // A point between two gaps has no line that would show it.
            bool alone = !connected && (i + 1 == values.Count || !float.IsFinite(values[i + 1]));
            if (alone || _epochs <= MostMarkers)
            {
                markers.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{x:0.##}\" cy=\"{y:0.##}\" r=\"2.5\" fill=\"{colour}\"/>\n");
            }

            connected = true;
        }

        svg.Append("<path fill=\"none\" stroke-width=\"2\" stroke-linejoin=\"round\" stroke-linecap=\"round\" stroke=\"").Append(colour)
            .Append("\" d=\"").Append(path).Append("\"/>\n").Append(markers);
    }

    private static double X(AxisScale scale, double value) => Left + (scale.Position(value) * (Right - Left));

    private static double Y(AxisScale scale, double value) => Bottom - (scale.Position(value) * (Bottom - Top));

    private static string Escaped(string text) => SecurityElement.Escape(text);
}
