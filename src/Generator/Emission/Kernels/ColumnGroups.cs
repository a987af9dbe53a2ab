using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>The loop over groups of columns that a tile covers, and the narrower group at the end.</summary>
internal static class ColumnGroups
{
    /// <summary>Writes <paramref name="body"/> for every group.</summary>
    /// <param name="columns">The padded columns of the result.</param>
    /// <param name="body">Receives the group's first column as an expression, and its vectors.</param>
    public static void Write(CodeWriter writer, Tile tile, int columns, Action<string, int> body)
    {
        int full = columns / tile.Columns * tile.Columns;
        if (full == tile.Columns && tile.TailVectors == 0)
        {
            body("0", tile.Vectors);
        }
        else if (full == tile.Columns)
        {
            // In braces of its own, as the tail is: both declare the same names.
            using (writer.Braces())
            {
                body("0", tile.Vectors);
            }
        }
        else
        {
            using (writer.Block($"for (nuint u = 0; u < {full}; u += {tile.Columns})"))
            {
                body("u", tile.Vectors);
            }
        }

        if (tile.TailVectors > 0)
        {
            using (writer.Braces())
            {
                body(CSharpLiteral.Of(full), tile.TailVectors);
            }
        }
    }

    /// <summary>Where the panel of a column begins in a matrix of <paramref name="rows"/> rows stored in panels.</summary>
    public static string PanelOffset(Tile tile, string column, int rows)
    {
        if (int.TryParse(column, out int constant))
        {
            int panel = constant / PanelLayout.Width * PanelLayout.Width;
            return CSharpLiteral.Of((panel * rows) + (constant - panel));
        }

        return tile.Columns % PanelLayout.Width == 0
            ? $"{column} * {rows}"
            : $"({column} - {column} % {PanelLayout.Width}) * {rows} + {column} % {PanelLayout.Width}";
    }

    /// <summary>A reference <paramref name="offset"/> floats behind another.</summary>
    public static string Behind(string reference, string offset) => offset == "0" ? $"ref {reference}" : $"ref Unsafe.Add(ref {reference}, {offset})";

    /// <summary>A sum of two offsets.</summary>
    public static string Sum(string first, string second) => first == "0" ? second : second == "0" ? first : $"{first} + {second}";

    /// <summary>The load of an operand with one value a unit, <paramref name="offset"/> floats behind a column.</summary>
    public static string LoadUnit(SimdTarget t, string operand, string column, int offset) => int.TryParse(column, out int constant)
        ? t.Load(operand, constant + offset)
        : offset == 0 ? t.LoadAt(operand, column) : t.LoadAt(operand, $"{column} + {offset}");

    /// <summary>The store of one value a unit, <paramref name="offset"/> floats behind a column.</summary>
    public static string StoreUnit(SimdTarget t, string value, string target, string column, int offset) =>
        int.TryParse(column, out int constant)
            ? t.Store(value, target, constant + offset)
            : t.StoreAt(value, target, Sum(column, CSharpLiteral.Of(offset)));
}
