namespace Unroll.Data;

/// <summary>One cell as it stands between two separators: trimmed, its quotes checked and taken off (RFC 4180).</summary>
internal static class CsvCell
{
    private const char Quote = '"';

    /// <summary>Whether nothing stands there, not even quotes.</summary>
    public static bool IsBlank(ReadOnlySpan<char> raw) => InvisibleText.Trim(raw).IsEmpty;

    /// <summary>The text of a cell; or null, and what was expected of its quotes.</summary>
    public static string? Read(ReadOnlySpan<char> raw, TextPool pool, out string? expected)
    {
        expected = null;
        ReadOnlySpan<char> cell = InvisibleText.Trim(raw);
        int quote = cell.IndexOf(Quote);
        if (quote < 0)
        {
            return pool.Get(cell);
        }

        expected = quote > 0 ? "a cell with a quote inside to be in quotes itself, and the quote doubled" : FaultOfQuoted(cell);
        if (expected is not null)
        {
            return null;
        }

        ReadOnlySpan<char> inside = cell[1..^1];
        return inside.Contains(Quote) ? inside.ToString().Replace("\"\"", "\"", StringComparison.Ordinal) : pool.Get(inside);
    }

    private static string? FaultOfQuoted(ReadOnlySpan<char> cell)
    {
        for (int i = 1; i < cell.Length; i++)
        {
            if (cell[i] != Quote)
            {
                continue;
            }

            if (i == cell.Length - 1)
            {
                return null;
            }

            if (cell[++i] != Quote)
            {
                return "a separator after the closing quote";
            }
        }

        return "a closing quote";
    }
}
