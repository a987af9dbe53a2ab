using Unroll.Generator.Model;

namespace Unroll.Generator.Planning;

/// <summary>
/// Chooses each machine's register tile by the cycles that the whole product takes with it. A step of a tile's sum cannot be faster than
/// its multiply-adds, its loads, the instructions it takes, or one multiply-add after another into the same register; a tile begins and
/// ends with moving its sums. What the tile does not divide is left to narrower tiles, and counted as such. Columns are those that the
/// kernel computes: padded, <see cref="PanelLayout.Computed"/>, or, of a single row, those there are.
/// </summary>
internal static class TileChooser
{
    // Of x64 cores since 2015 and of large Arm cores: two multiply-adds and two loads a cycle, four cycles until a sum can be used again.
    // What is not fused goes to three units: products, sums, and scalars on their way into all lanes.
    private const double MultiplyAddsACycle = 2;
    private const double VectorOperationsACycle = 3;
    private const double LoadsACycle = 2;
    private const double SumLatency = 4.4;

    // Half of what a core can start: another thread on the same core takes its turns.
    private const double InstructionsACycle = 2.5;
    private const int InstructionsALoop = 3;

    // A sum is loaded or cleared, and stored; and a loop is entered and left.
    private const double CyclesASum = 1.5;
    private const double CyclesATile = 12;

    // A multiply-add written out is some ten bytes of code, which come from the second-level cache when the kernel's turn comes.
    private const double CyclesAStatement = 2;

    // More would only make the code longer: sixteen rows use each vector of the operand often enough.
    private const int MaxRows = 16;
    private const int MaxVectors = 4;

    private const int SingleVectors = 8;
    private const int LeastSingleVectors = 5;

    private const int MaxChannelRows = 8;
    private const int MaxChannelVectors = 2;

    /// <summary>The tiles of a product of <paramref name="rows"/> rows at a time, <paramref name="depth"/> terms a sum.</summary>
    public static EquatableArray<Tile> ForProduct(int rows, int columns, int depth) =>
        ForAll(machine => Best(machine, columns, depth, rows, Enumerable.Range(1, MaxRows)));

    /// <summary>
    /// The tiles of a product of the samples of a block, of which there are <paramref name="samples"/>: for whole blocks, and for the batches
    /// of <see cref="BufferPlan.NearSamples"/> that most networks are trained with.
    /// </summary>
    public static EquatableArray<Tile> ForSamples(int rows, int samples, int columns, int depth) => samples <= BufferPlan.NearSamples
        ? ForProduct(rows, columns, depth)
        : ForAll(machine => Best(machine, columns, depth, rows, Enumerable.Range(1, MaxRows), rows / samples * BufferPlan.NearSamples));

    /// <summary>The tiles of a convolution: of rows of <paramref name="pixels"/>, each of so many sums that are pooled.</summary>
    public static EquatableArray<Tile> ForPixels(int pixels, int sums, int columns, int depth) =>
        ForAll(machine => Best(machine, columns, depth, pixels, Enumerable.Range(1, MaxRows / sums), sums: sums));

    /// <summary>The tiles of a kernel's gradient, <paramref name="depth"/> vectors summed at a time.</summary>
    public static EquatableArray<Tile> ForKernelGradient(int inputs, int columns, int depth) => ForAll(machine => Best(
        machine, columns, depth, inputs, Enumerable.Range(1, MaxRows).Where(static rows => KernelGradientPlan.PartRows % rows == 0)));

    /// <summary>The tiles of a kernel's gradient whose rows can be tiled only so.</summary>
    public static EquatableArray<Tile> ForRuns(int inputs, int columns, int depth, IEnumerable<int> rows) =>
        ForAll(machine => Best(machine, columns, depth, inputs, rows));

    /// <summary>
    /// The tiles of sums whose channels do not meet, of <paramref name="rows"/> pixels: as few as may be, of as few pixels as then are enough.
    /// </summary>
    public static EquatableArray<Tile> ForChannels(int rows, int channels) => ForAll(machine =>
    {
        int vectors = Math.Min(MaxChannelVectors, PanelLayout.Vectors(channels, machine));
        int most = Math.Min(rows, Math.Min(MaxChannelRows, (machine.Registers - vectors - 2) / vectors));
        int tiles = (rows + most - 1) / most;
        return Of(machine, channels, rows, (rows + tiles - 1) / tiles, vectors);
    });

    /// <summary>The tiles of sums along the rows of both operands: as many rows of the first as registers allow, all units of the second.</summary>
    public static EquatableArray<Tile> ForSums(int rows, int units) => ForAll(machine =>
    {
        int rowsOfTile = Math.Min(Math.Min(rows, MaxChannelRows), Math.Max(1, (machine.Registers - units - 2) / units));
        return new Tile(machine, rowsOfTile, units, rows % rowsOfTile, TailVectors: 0);
    });

    /// <summary>
    /// The tiles of a product with samples as lanes: all units where registers allow it, else so many that a tile stays within a panel; of
    /// their lanes some vectors, or those of several groups where there are few units.
    /// </summary>
    public static EquatableArray<Tile> ForLanes(int units, int depth) => ForAll(machine =>
    {
        IEnumerable<Tile> tiles =
            from rows in Enumerable.Range(1, machine.Registers)
            where rows == units || (rows < units && PanelLayout.Width % rows == 0)
            from vectors in Enumerable.Range(1, MaxVectors)
            where HasRoom(machine, rows, vectors) && IsOfPanels(machine, vectors) && (vectors * machine.Lanes <= PanelLayout.Width || rows == units)
            select new Tile(machine, rows, vectors, units % rows, TailVectors: 0);
        return tiles.OrderBy(tile => LaneCycles(tile, units, depth)).First();
    });

    /// <summary>The cycles that a group of samples that are lanes takes, <paramref name="depth"/> terms a sum.</summary>
    public static double LaneCycles(Tile tile, int units, int depth) =>
        (double)PanelLayout.Width / tile.Columns * ((units / tile.Rows * CyclesOfTile(tile.Machine, tile.Rows, tile.Vectors, depth))
            + (tile.TailRows > 0 ? CyclesOfTile(tile.Machine, tile.TailRows, tile.Vectors, depth) : 0));

    /// <summary>The tiles of sums of columns: one row, <see cref="CodeBudget.ColumnVectors"/> vectors.</summary>
    public static EquatableArray<Tile> ForColumns(int columns) =>
        ForAll(machine => Of(machine, columns, allRows: 1, rows: 1, vectors: CodeBudget.ColumnVectors));

    /// <summary>The tiles of a product of a single row: as many vectors as multiply-adds can be in flight.</summary>
    public static EquatableArray<Tile> ForSingle(int columns) =>
        ForAll(machine => Of(machine, columns, allRows: 1, rows: 1, vectors: SingleVectors));

    /// <summary>The same in several groups that are as wide as each other, where there are some of enough vectors.</summary>
    public static EquatableArray<Tile> ForSingleInTurns(int columns) => ForAll(machine =>
    {
        int all = PanelLayout.Vectors(columns, machine);
        int even = Enumerable.Range(LeastSingleVectors, SingleVectors - LeastSingleVectors + 1)
            .LastOrDefault(vectors => all % vectors == 0 && IsOfPanels(machine, vectors));
        return Of(machine, columns, allRows: 1, rows: 1, vectors: even == 0 ? SingleVectors : even);
    });

    /// <summary>The cycles that <paramref name="allRows"/> rows take, <paramref name="depth"/> terms a sum.</summary>
    public static double Cycles(Tile tile, int columns, int depth, int allRows)
    {
        int groups = PanelLayout.Vectors(columns, tile.Machine) / tile.Vectors;
        double cycles = groups * CyclesOfColumns(tile.Vectors);
        return tile.TailVectors == 0 ? cycles : cycles + CyclesOfColumns(tile.TailVectors);

        double CyclesOfColumns(int vectors)
        {
            double CyclesOfRows(int rows) => CyclesOfTile(tile.Machine, rows * tile.SumsAValue, vectors, depth);
            double full = allRows / tile.Rows * CyclesOfRows(tile.Rows);
            int rest = allRows % tile.Rows;
            if (tile.TailRows > 1 && rest >= tile.TailRows)
            {
                full += CyclesOfRows(tile.TailRows);
                rest -= tile.TailRows;
            }

            return full + (rest * CyclesOfRows(1));
        }
    }

    private static EquatableArray<Tile> ForAll(Func<SimdMachine, Tile> choose) => SimdMachine.WidestFirst.Select(choose).ToEquatableArray();

    private static Tile Best(SimdMachine machine, int columns, int depth, int allRows, IEnumerable<int> rows, int fewerRows = 0, int sums = 1)
    {
        Tile? best = null;
        double least = double.PositiveInfinity;
        int all = PanelLayout.Vectors(columns, machine);
        foreach (int rowsOfTile in rows.Where(count => count <= allRows))
        {
            for (int vectors = 1; vectors <= Math.Min(all, MaxVectors); vectors++)
            {
                if (HasRoom(machine, rowsOfTile * sums, vectors) && (IsOfPanels(machine, vectors) || vectors == all))
                {
                    Tile tile = Of(machine, columns, allRows, rowsOfTile, vectors) with { SumsAValue = sums };

                    // Of tiles that take as long, the one with the fewest loads.
                    double cycles = (Statements(tile) * CyclesAStatement)
                        + ((Cycles(tile, columns, depth, allRows) + Cycles(tile, columns, depth, fewerRows))
                            * (1 + (0.001 * ((rowsOfTile * sums) + vectors) / (rowsOfTile * sums * vectors))));
                    (best, least) = cycles < least ? (tile, cycles) : (best, least);
                }
            }
        }

        return best!;
    }

    private static int Statements(Tile tile) => (tile.Rows + tile.TailRows) * tile.SumsAValue * (tile.Vectors + tile.TailVectors);

    // The sums, a row of the operand, the scalar, and one for the product where there is no fused multiply-add.
    private static bool HasRoom(SimdMachine machine, int rows, int vectors) => (rows * vectors) + vectors + 2 <= machine.Registers;

    // Whole panels, or whole parts of one: then a group of columns lies in rows of equal distance.
    private static bool IsOfPanels(SimdMachine machine, int vectors)
    {
        int columns = vectors * machine.Lanes;
        return columns % PanelLayout.Width == 0 || PanelLayout.Width % columns == 0;
    }

    private static Tile Of(SimdMachine machine, int columns, int allRows, int rows, int vectors)
    {
        int total = PanelLayout.Vectors(columns, machine);
        int used = Math.Min(vectors, total);
        return new Tile(machine, rows, used, allRows % rows, total % used);
    }

    private static double CyclesOfTile(SimdMachine machine, int rows, int vectors, int depth)
    {
        int sums = rows * vectors;
        int loads = rows + vectors;
        int operations = machine.Fuses ? sums : (2 * sums) + rows;
        double step = Math.Max(
            Math.Max(operations / (machine.Fuses ? MultiplyAddsACycle : VectorOperationsACycle), loads / LoadsACycle),
            Math.Max(SumLatency, (operations + loads + InstructionsALoop) / InstructionsACycle));
        return (depth * step) + (sums * CyclesASum) + CyclesATile;
    }
}
