using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>The loop over groups of columns that a tile covers, and the narrower group at the end.</summary>
internal static class ColumnGroups
{
    /// <summary>Writes <paramref name="body"/> for every group.</summary>
    /// <param name="columns">The padded columns of the result.</param>
    /// <param name="body">Receives the group's first column, and its vectors.</param>
    public static void Write(CodeWriter writer, Tile tile, int columns, Action<Offset, int> body)
    {
        int full = columns / tile.Columns * tile.Columns;
        if (full == tile.Columns && tile.TailVectors == 0)
        {
            body(0, tile.Vectors);
        }
        else if (full == tile.Columns)
        {
            // In braces of its own, as the tail is: both declare the same names.
            using (writer.Braces())
            {
                body(0, tile.Vectors);
            }
        }
        else
        {
            using (writer.Block($"for (nuint u = 0; u < {full}; u += {tile.Columns})"))
            {
                body(Offset.Variable("u", tile.Columns), tile.Vectors);
            }
        }

        if (tile.TailVectors > 0)
        {
            using (writer.Braces())
            {
                body(full, tile.TailVectors);
            }
        }
    }
}
