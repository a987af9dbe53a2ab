namespace Unroll.Data;

/// <summary>Decides what the columns of a file are called.</summary>
internal static class ColumnNames
{
    /// <summary>The names the caller gave, or those of the header, or column1, column2, ...: one for each cell, all different.</summary>
    public static string[] Choose(string[] firstRecord, CsvOptions options, string place)
    {
        if (options.ColumnNames is IReadOnlyList<string> given)
        {
            Check(given, firstRecord.Length, place, nameof(options));
            return [.. given];
        }

        var names = new string[firstRecord.Length];
        for (int column = 0; column < names.Length; column++)
        {
            bool unnamed = !options.HasHeader || firstRecord[column].Length == 0;
            names[column] = unnamed ? $"column{column + 1}" : firstRecord[column];
        }

        return FindTwice(names) is (int first, int second)
            ? throw new FormatException(
                $"{place}: expected a different name for every column, but columns {first + 1} and {second + 1} are both "
                + $"{CellText.Show(names[first])}.")
            : names;
    }

    private static void Check(IReadOnlyList<string> given, int columns, string place, string argument)
    {
        if (given.Count != columns)
        {
            throw new ArgumentException(
                $"{place}: {nameof(CsvOptions.ColumnNames)} gives {given.Count} names, but the file has {columns} columns.", argument);
        }

        if (given.Any(string.IsNullOrEmpty) || FindTwice(given) is not null)
        {
            throw new ArgumentException(
                $"{nameof(CsvOptions.ColumnNames)} must hold a different, non-empty name for every column, "
                + $"but is {CellText.ShowAll(given)}.",
                argument);
        }
    }

    private static (int First, int Second)? FindTwice(IReadOnlyList<string> names)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int column = 0; column < names.Count; column++)
        {
            if (!seen.TryAdd(names[column], column))
            {
                return (seen[names[column]], column);
            }
        }

        return null;
    }
}
