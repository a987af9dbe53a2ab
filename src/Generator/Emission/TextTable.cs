namespace Unroll.Generator.Emission;

/// <summary>Tables in comments.</summary>
internal static class TextTable
{
    /// <param name="rows">The cells, the header first; all rows are equally long.</param>
    /// <param name="leftAligned">How many columns are texts; the rest are numbers.</param>
    public static string Of(IReadOnlyList<string[]> rows, int leftAligned)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        return string.Join("\n", rows.Select(row => string.Join("  ", row.Select((cell, column) =>
            column < leftAligned ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column])))));
    }
}
