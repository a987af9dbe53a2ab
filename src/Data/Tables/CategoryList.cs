namespace Unroll.Data;

/// <summary>The texts an encoded column may hold, in the order of their labels.</summary>
internal static class CategoryList
{
    /// <summary>The different texts of a column, missing values left out, sorted: as numbers if all are, else ordinally.</summary>
    public static string[] Of(TableContent content, int column)
    {
        IEnumerable<string> texts = Enumerable.Range(0, content.RowCount)
            .Where(row => !content.IsMissing(row, column))
            .Select(row => content.Cell(row, column))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        string[] sorted = [.. texts];
        LookAlikes.Refuse(sorted, content, column);
        if (sorted.Length == 0)
        {
            throw new FormatException(
                $"{content.Name}, column {column + 1} ({CellText.Show(content.ColumnNames[column])}): every value is missing.");
        }

        float[] numbers = new float[sorted.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (!content.Numbers.TryParse(sorted[i], out numbers[i]))
            {
                return sorted;
            }
        }

        return [.. sorted.Zip(numbers).OrderBy(static pair => pair.Second).Select(static pair => pair.First)];
    }

    /// <summary>The categories a caller gave, if they are at least one and all different.</summary>
    public static string[] Checked(IReadOnlyList<string> categories, string argument)
    {
        if (!IsUsable(categories))
        {
            throw new ArgumentException(
                $"Expected at least one category and all of them different, but got [{CellText.ShowAll(categories)}].", argument);
        }

        return [.. categories];
    }

    /// <summary>Whether there is at least one category and all are different.</summary>
    public static bool IsUsable(IReadOnlyList<string> categories) => categories.Count > 0 && categories.All(static text => text is not null)
        && categories.Distinct(StringComparer.Ordinal).Count() == categories.Count;
}
