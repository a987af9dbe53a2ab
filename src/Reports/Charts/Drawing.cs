using System.Globalization;
using System.Text.RegularExpressions;
using OxyPlot;
using OxyPlot.Axes;

namespace Unroll.Reports.Charts;

/// <summary>What the charts have in common: axes, fonts, and the way from OxyPlot's document to SVG inside a page.</summary>
internal static partial class Drawing
{
    public const int Width = 560;
    public const int Height = 260;

    // OxyPlot measures texts in it; the page shows them in its own.
    private const string Font = "Arial";

    public static PlotModel NewModel() => new()
    {
        Culture = CultureInfo.InvariantCulture,
        DefaultFont = Font,
        DefaultFontSize = 12,
        TextColor = ChartColor.Named("muted"),
        PlotAreaBorderThickness = new OxyThickness(0, 0, 0, 1),
        PlotAreaBorderColor = ChartColor.Named("muted"),
        Padding = new OxyThickness(20, 6, 14, 6),
    };

    public static TAxis Styled<TAxis>(TAxis axis, AxisPosition position, string? title = null, bool grid = false)
        where TAxis : Axis
    {
        axis.Position = position;
        axis.Title = title;
        axis.TickStyle = TickStyle.None;
        axis.MajorGridlineStyle = grid ? LineStyle.Solid : LineStyle.None;
        axis.MajorGridlineColor = ChartColor.Named("grid");
        axis.AxislineStyle = LineStyle.None;
        axis.TitleFontSize = 12;

        // The page's fonts are wider than the one that is measured.
        axis.AxisTitleDistance = position == AxisPosition.Left ? 14 : 6;
        return axis;
    }

    /// <param name="model">The chart.</param>
    /// <param name="id">Unique in the page: clipping paths are named after it.</param>
    /// <param name="height">In its own units.</param>
    /// <param name="width">In the same.</param>
    public static string ToSvg(PlotModel model, string id, int height = Height, int width = Width)
    {
        var exporter = new SvgExporter { Width = width, Height = height, IsDocument = false };
        string svg = exporter.ExportToString(model);
        svg = svg[svg.IndexOf("<g ", StringComparison.Ordinal)..];
        svg = ClipId().Replace(svg, $"id=\"{id}-$1\"");
        svg = ClipUse().Replace(svg, $"url(#{id}-$1)");
        svg = svg.Replace($" font-family=\"{Font}\"", "", StringComparison.Ordinal).Replace(" font-weight=\"400\"", "", StringComparison.Ordinal);
        svg = Indent().Replace(svg, "\n");
        string clip = $"<defs><clipPath id=\"{id}-1\"><rect width=\"{width}\" height=\"{height}\"/></clipPath></defs>";
        return $"<svg viewBox=\"0 0 {width} {height}\" aria-hidden=\"true\">{clip}{ChartColor.Restore(svg)}";
    }

    /// <summary>A document of its own, on white.</summary>
    public static string ToDocument(PlotModel model)
    {
        string svg = ToSvg(model, "chart", Height + 40).Replace("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" style=\"background:#fff\" font-family=\"system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif\" ", StringComparison.Ordinal);
        return ChartColor.ForPaper(ClipAttribute().Replace(svg, "")) + "\n";
    }

    // Viewers have wider fonts than the one that OxyPlot measures: what it would cut off stays.
    [GeneratedRegex(" clip-path=\"[^\"]*\"")]
    private static partial Regex ClipAttribute();

    [GeneratedRegex("id=\"clipPath(\\d+)\"")]
    private static partial Regex ClipId();

    [GeneratedRegex(@"url\(#clipPath(\d+)\)")]
    private static partial Regex ClipUse();

    [GeneratedRegex(@"\n\s+")]
    private static partial Regex Indent();
}
