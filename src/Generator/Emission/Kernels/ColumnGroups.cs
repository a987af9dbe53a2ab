using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>Columns that a tile covers.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Vectors">Vectors of them.</param>
/// <param name="Padding">Vectors behind them that hold padding alone: nothing is computed there, zeros are stored.</param>
internal readonly record struct ColumnGroup(Offset First, int Vectors, int Padding = 0);

/// <summary>The loop over groups of columns, and the narrower group at the end.</summary>
internal static class ColumnGroups
{
    /// <summary>Writes <paramref name="body"/> for every group.</summary>
    /// <param name="columns">The columns of the result.</param>
    /// <param name="fromLast">The kernel's parameter that says whether the last group comes first, where there are several and all as wide.</param>
    public static void Write(CodeWriter writer, Tile tile, int columns, Action<ColumnGroup> body, string? fromLast = null)
    {
        int vectors = PanelLayout.Vectors(columns, tile.Machine);
        int padding = (PanelLayout.Pad(columns) / tile.Machine.Lanes) - vectors;
        int loops = vectors / tile.Vectors;

        // The group before the padding stands alone.
        int looped = tile.TailVectors == 0 && padding > 0 ? loops - 1 : loops;
        if (looped == 1)
        {
            // In braces of its own, as the tail is: both declare the same names.
            using (loops > looped || tile.TailVectors > 0 ? writer.Braces() : null)
            {
                body(new ColumnGroup(0, tile.Vectors));
            }
        }
        else if (looped > 1)
        {
            bool isEither = fromLast is not null && looped * tile.Vectors == vectors;
            string counter = isEither ? "column" : "u";
            using (writer.Block($"for (nuint {counter} = 0; {counter} < {looped * tile.Columns}; {counter} += {tile.Columns})"))
            {
                if (isEither)
                {
                    writer.Line($"nuint u = {fromLast} ? {(looped - 1) * tile.Columns} - column : column;");
                }

                body(new ColumnGroup(Offset.Variable("u", tile.Columns), tile.Vectors));
            }
        }

        int last = tile.TailVectors > 0 ? tile.TailVectors : loops > looped ? tile.Vectors : 0;
        if (last > 0)
        {
            using (looped > 0 ? writer.Braces() : null)
            {
                body(new ColumnGroup(looped * tile.Columns, last, padding));
            }
        }
    }
}
