namespace Unroll.Benchmarks;

/// <summary>What a run found, as markdown: printed as it comes, and kept for a file.</summary>
internal sealed class Report
{
    private const string Begin = "<!-- run: begin -->";
    private const string End = "<!-- run: end -->";

    private readonly StringWriter _text = new() { NewLine = "\n" };

    public void Line(string line = "")
    {
        Console.WriteLine(line);
        _text.WriteLine(line);
    }

    public void Heading(string text)
    {
        Line($"### {text}");
        Line();
    }

    public void Paragraph(string text)
    {
        Line(text);
        Line();
    }

    public void List(IEnumerable<string> items)
    {
        foreach (string item in items)
        {
            Line($"- {item}");
        }

        Line();
    }

    public void Table(params ReadOnlySpan<string> headers)
    {
        Row(headers);
        Line($"|{string.Concat(Enumerable.Repeat(" --- |", headers.Length))}");
    }

    public void Row(params ReadOnlySpan<string> cells) => Line($"| {string.Join(" | ", cells!)} |");

    /// <summary>Puts the run between the two marks of a file, or at its end where there are none.</summary>
    public void Save(string path)
    {
        string old = File.Exists(path) ? File.ReadAllText(path) : "";
        string run = $"{Begin}\n\n{_text.ToString().TrimEnd()}\n\n{End}";
        int begin = old.IndexOf(Begin, StringComparison.Ordinal);
        int end = old.IndexOf(End, StringComparison.Ordinal);
        File.WriteAllText(path, begin >= 0 && end > begin
            ? $"{old[..begin]}{run}{old[(end + End.Length)..]}"
            : $"{old}{run}\n");
    }
}
