using System.Text;

namespace Unroll.Serialization;

/// <summary>Lines of cells, quoted as in RFC 4180: in quotation marks, these doubled, where a cell has one, a separator or a line's end.</summary>
internal static class CsvText
{
    private const char Quote = '"';

    /// <summary>A line, with its end.</summary>
    public static string Line(IEnumerable<string> cells, string separator = ",") => string.Join(separator, cells.Select(cell => Quoted(cell, separator))) + "\n";

    /// <summary>The lines of a text whose cells commas separate; an empty line at its end is none.</summary>
    public static IReadOnlyList<string[]> Read(string text)
    {
        var lines = new List<string[]>();
        var cells = new List<string>();
        var cell = new StringBuilder();
        bool isQuoted = false;
        char before = default;
        foreach (char character in text)
        {
            if (character == Quote)
            {
                // The second of two within quotation marks stands for one.
                if (!isQuoted && before == Quote)
                {
                    cell.Append(Quote);
                }

                isQuoted = !isQuoted;
            }
            else if (isQuoted || character is not (',' or '\n' or '\r'))
            {
                cell.Append(character);
            }
            else if (character != '\r')
            {
                cells.Add(cell.ToString());
                cell.Clear();
                if (character == '\n')
                {
                    lines.Add([.. cells]);
                    cells.Clear();
                }
            }

            before = character;
        }

        if (cells.Count > 0 || cell.Length > 0)
        {
            lines.Add([.. cells, cell.ToString()]);
        }

        return lines;
    }

    private static string Quoted(string cell, string separator) =>
        cell.Contains(separator, StringComparison.Ordinal) || cell.AsSpan().ContainsAny(Quote, '\n', '\r')
            ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : cell;
}
