namespace Unroll.Data;

/// <summary>Finds categories that are several and look like one, and would make several classes of it.</summary>
internal static class LookAlikes
{
    private const char Replacement = '\uFFFD';

    /// <exception cref="FormatException">
    /// Two categories differ in nothing that can be seen, or one holds what stands for bytes that were no text.
    /// </exception>
    public static void Refuse(string[] categories, TableContent content, int column)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string category in categories)
        {
            if (category.Contains(Replacement))
            {
                throw Error(category, "a category of characters that were decoded (a file may have been read in another encoding than its own)");
            }

            string visible = InvisibleText.Visible(category);
            if (!seen.TryAdd(visible, category))
            {
                throw Error(category, $"a category that can be told from {CellText.ShowExactly(seen[visible])} (they differ in invisible "
                    + "characters or in how letters are composed; make them equal in the file, or give the categories)");
            }
        }

        FormatException Error(string category, string expected)
        {
            int row = Enumerable.Range(0, content.RowCount).First(row => content.Cell(row, column) == category);
            return content.CellError(row, column, expected, CellText.ShowExactly(category));
        }
    }
}
