using Unroll.Generator.Model;

namespace Unroll.Generator.Planning;

/// <summary>
/// How values lie in memory. Vectors of activations are padded to <see cref="Width"/> floats, so no kernel has a tail over units. A
/// kernel [inputs, units] is stored as panels [units/16][inputs][16]: the product reads it from front to back.
/// </summary>
internal static class PanelLayout
{
    /// <summary>64 bytes: a cache line, and the widest vector. The same for every machine, so that layouts are constants.</summary>
    public const int Width = Shape.PaddedTo;

    // 1 KiB: rows a multiple of it apart share few sets of the nearest cache, and a kernel's gradient reads down the rows.
    private const int ConflictingFloats = 256;

    public static int Pad(int columns) => checked((int)Shape.Padded(columns));

    /// <summary>Floats from one vector of a block to the next: padded, and an odd number of cache lines where rows would share cache sets.</summary>
    public static int RowStride(Shape shape)
    {
        int padded = Pad(shape.Last);
        return shape.Vectors == 1 && padded % ConflictingFloats == 0 ? checked(padded + Width) : padded;
    }

    /// <summary>Where [row, column] lies in a matrix of <paramref name="rows"/> rows that is stored in panels.</summary>
    public static Offset OffsetOf(Offset row, Offset column, int rows)
    {
        Offset inPanel = column.Modulo(Width);
        return ((column - inPanel) * rows) + inPanel + (row * Width);
    }

    /// <summary>A machine's vectors that hold at least one of the columns; those behind them hold padding alone.</summary>
    public static int Vectors(int columns, SimdMachine machine) => (columns + machine.Lanes - 1) / machine.Lanes;

    /// <summary>
    /// Of so many columns, those that are computed. Vectors of padding are worth leaving out where there is one panel: of several they are few.
    /// </summary>
    public static int Computed(int columns) => columns < Width ? columns : Pad(columns);

    public static int Panels(int columns) => Pad(columns) / Width;

    /// <summary>The floats a value without batch axis takes: every vector padded, or a matrix in panels, which comes to the same.</summary>
    public static int FloatsOf(Shape shape) => checked(shape.Vectors * Pad(shape.Last));

    /// <summary>The lanes of 32 bits that a kernel takes in 16 bits, two rows in each.</summary>
    public static int LanesOfPairs(Shape kernel) => checked(Pairs(kernel[0]) * Pad(kernel.Last));

    /// <summary>Pairs of rows, the last of which may have one only.</summary>
    public static int Pairs(int rows) => (rows + 1) / 2;
}
