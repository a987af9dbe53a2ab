using System.Globalization;
using System.Text;
using Unroll.Reports.Charts;
using Unroll.Reports.Findings;

namespace Unroll.Reports.Page;

/// <summary>Writes the pieces of a page; texts are encoded.</summary>
internal sealed class Html
{
    private readonly StringBuilder _text = new();
    private int _charts;

    public int Length => _text.Length;

    public string From(int start) => _text.ToString(start, _text.Length - start);

    // The page is UTF-8: nothing else needs to be encoded.
    public static string Encode(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal).Replace("'", "&#39;", StringComparison.Ordinal);

    public Html Raw(string html)
    {
        _text.Append(html).Append('\n');
        return this;
    }

    public Html Heading(string text) => Raw($"<h3>{Encode(text)}</h3>");

    public Html Paragraph(string text) => Raw($"<p>{Encode(text)}</p>");

    /// <param name="caption">What the table is of; above it, for a caption inside would be no wider than its columns.</param>
    /// <param name="head">The names of the columns.</param>
    /// <param name="rows">The cells, encoded already; the first of a row is its heading.</param>
    public void Table(string caption, IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        _text.Append(CultureInfo.InvariantCulture, $"<p class=\"caption\" aria-hidden=\"true\">{Encode(caption)}</p><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{Encode(caption)}\"><table aria-label=\"{Encode(caption)}\"><thead><tr>");
        foreach (string name in head)
        {
            _text.Append("<th scope=\"col\">").Append(Encode(name)).Append("</th>");
        }

        _text.Append("</tr></thead><tbody>\n");
        foreach (IReadOnlyList<string> row in rows)
        {
            _text.Append("<tr><th scope=\"row\">").Append(row[0]).Append("</th>");
            foreach (string cell in row.Skip(1))
            {
                _text.Append("<td>").Append(cell).Append("</td>");
            }

            _text.Append("</tr>\n");
        }

        _text.Append("</tbody></table></div>\n");
    }

    /// <summary>A drawing with its title.</summary>
    /// <param name="title">What stands above it.</param>
    /// <param name="description">What it shows, in words.</param>
    /// <param name="draw">Draws it, given an id.</param>
    /// <param name="isWide">Whether it takes the whole width.</param>
    public void Figure(string title, string description, Func<string, string> draw, bool isWide = false) =>
        Raw($"<figure{(isWide ? " class=\"wide\"" : "")}><figcaption>{Encode(title)}</figcaption><div role=\"img\" aria-label=\"{Encode(description)}\">{draw(NextId())}</div></figure>");

    /// <summary>Curves with keys and, by the page's script, a pointer that reads them.</summary>
    public void Chart(LineChart chart)
    {
        if (chart.Curves.Count == 0)
        {
            return;
        }

        string id = NextId();
        string svg = chart.Draw(id);
        Raw($"<figure class=\"chart\" id=\"{id}\" tabindex=\"0\" role=\"group\" aria-label=\"{Encode(Description(chart))}\"><figcaption>{Encode(chart.Title)}{(chart.IsLogarithmic ? " <small>(logarithmic)</small>" : "")}</figcaption>");
        Raw(svg);
        Raw(Keys(chart));
        Raw($"<script type=\"application/json\">{ChartData.Of(chart)}</script></figure>");
    }

    private string NextId() => string.Create(CultureInfo.InvariantCulture, $"chart{++_charts}");

    private static string Keys(LineChart chart)
    {
        if (chart.Curves.Count > ChartColor.SeriesColors)
        {
            IEnumerable<string> stops = Enumerable.Range(0, 9).Select(static i => ChartColor.Scale(i, 9));
            return $"<div class=\"keys\">{Encode(chart.Curves[0].Name)} <i class=\"scale\" style=\"background:linear-gradient(90deg,{string.Join(',', stops)})\"></i> {Encode(chart.Curves[^1].Name)}</div>";
        }

        return $"<div class=\"keys\">{string.Concat(chart.Curves.Select(static curve => $"<span><i style=\"background:{curve.Color}\"></i>{Encode(curve.Name)}</span>"))}{MarkKey(chart)}</div>";
    }

    private static string MarkKey(LineChart chart) =>
        chart.Mark is int mark ? string.Create(CultureInfo.InvariantCulture, $"<span><i class=\"dash\"></i>{Encode(chart.MarkText ?? "")} at {chart.Unit} {mark}</span>") : "";

    private static string Description(LineChart chart)
    {
        IEnumerable<string> curves = chart.Curves.Take(ChartColor.SeriesColors).Select(static curve =>
        {
            float[] values = [.. curve.Values.Where(float.IsFinite)];
            return $"{curve.Name} from {Numbers.Text(values[0])} to {Numbers.Text(values[^1])}, between {Numbers.Text(values.Min())} and {Numbers.Text(values.Max())}";
        });
        return $"{chart.Title}, {chart.Length} {chart.Unit}s: {string.Join("; ", curves)}. Arrow keys read single values.";
    }
}
