using System.Globalization;
using System.Text.RegularExpressions;
using OxyPlot;

namespace Unroll.Reports.Charts;

/// <summary>Colors that the page's style sheet decides, so that one drawing serves light, dark and paper.</summary>
/// <remarks>OxyPlot knows colors by value only: each name stands in a drawing as a color that nothing else has, until it is replaced.</remarks>
internal static partial class ChartColor
{
    private const byte Red = 1;
    private const byte Green = 2;

    private static readonly string[] s_names = ["ink", "muted", "grid", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "mark"];

    private static readonly string[] s_values =
        ["#1f2328", "#59636e", "#e4e8ec", "#0969da", "#bc4c00", "#1a7f37", "#8250df", "#bf3989", "#0e7490", "#7d5a00", "#59636e", "#9a6700"];

    public static int SeriesColors => 8;

    /// <summary>A color of the style sheet: <c>ink</c>, <c>c1</c>.</summary>
    public static OxyColor Named(string name) => OxyColor.FromRgb(Red, Green, (byte)Array.IndexOf(s_names, name));

    /// <summary>One of the style sheet's colors of series, as CSS.</summary>
    public static string Series(int index) => $"var(--c{(index % SeriesColors) + 1})";

    /// <summary>A color between blue, the first, and red, the last of many: of a middle lightness, which shows on white and black.</summary>
    public static string Scale(int index, int count) =>
        string.Create(CultureInfo.InvariantCulture, $"hsl({215 - (215.0 * index / Math.Max(1, count - 1)):0},65%,50%)");

    /// <summary>CSS as a color of OxyPlot.</summary>
    public static OxyColor Parse(string css)
    {
        Match hsl = Hsl().Match(css);
        return hsl.Success
            ? OxyColor.FromHsv(double.Parse(hsl.Groups[1].Value, CultureInfo.InvariantCulture) / 360, 0.79, 0.825)
            : Named(css["var(--".Length..^1]);
    }

    /// <summary>Puts the names back into a drawing.</summary>
    public static string Restore(string svg)
    {
        svg = Attribute().Replace(svg, static match => $"style=\"fill:var(--{NameOf(match)})\"");
        return Value().Replace(svg, static match => $"var(--{NameOf(match)})");
    }

    /// <summary>Puts in the values that the names have in the light: for drawings without a style sheet.</summary>
    public static string ForPaper(string svg)
    {
        for (int i = 0; i < s_names.Length; i++)
        {
            svg = svg.Replace($"var(--{s_names[i]})", s_values[i], StringComparison.Ordinal);
        }

        return svg;
    }

    private static string NameOf(Match match) => s_names[int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)];

    [GeneratedRegex("fill=\"rgb\\(1,2,(\\d+)\\)\"")]
    private static partial Regex Attribute();

    [GeneratedRegex("rgb\\(1,2,(\\d+)\\)")]
    private static partial Regex Value();

    [GeneratedRegex(@"^hsl\((\d+),65%,50%\)$")]
    private static partial Regex Hsl();
}
