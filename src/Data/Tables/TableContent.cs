using System.Globalization;

namespace Unroll.Data;

/// <summary>What was read from a file: the cells as text, and where each row stands, for messages.</summary>
internal sealed class TableContent(string name, string[] columnNames, string[][] rows, int[] lines, CsvOptions options)
{
    private readonly Dictionary<string, int> _positions = PositionsOf(columnNames);

    public string Name { get; } = name;

    public IReadOnlyList<string> ColumnNames { get; } = Array.AsReadOnly(columnNames);

    public int RowCount => rows.Length;

    public CultureInfo? Culture => options.Culture;

    public MissingValues Missing => options.Missing;

    /// <summary>How its numbers are read.</summary>
    public NumberText Numbers { get; } = new(options.Culture);

    public string Cell(int row, int column) => rows[row][column];

    public bool IsMissing(int row, int column)
    {
        string cell = rows[row][column];
        return options.MissingTexts.Contains(cell)
            || (options.MissingNumber is float missing && Numbers.TryParse(cell, out float number) && number == missing);
    }

    /// <summary>The position of a column.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public int IndexOf(string column, string argument)
    {
        ArgumentNullException.ThrowIfNull(column, argument);
        return _positions.TryGetValue(column, out int index)
            ? index
            : throw new ArgumentException(
                $"{Name} has no column {CellText.Show(column)}; its columns are {CellText.ShowAll(columnNames)}.", argument);
    }

    /// <summary>An error that says where a cell stands, what was expected there and what was found.</summary>
    public FormatException CellError(int row, int column, string expected, string? shown = null) => new(
        $"{Name}, line {lines[row]}, column {column + 1} ({CellText.Show(columnNames[column])}): expected {expected}, "
        + $"but found {shown ?? CellText.Show(rows[row][column])}.");

    private static Dictionary<string, int> PositionsOf(string[] names)
    {
        var positions = new Dictionary<string, int>(names.Length, StringComparer.Ordinal);
        for (int column = 0; column < names.Length; column++)
        {
            positions.Add(names[column], column);
        }

        return positions;
    }
}
