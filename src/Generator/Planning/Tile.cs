namespace Unroll.Generator.Planning;

/// <summary>A register tile on one machine: the part of a result whose sums stay in registers while their terms pass.</summary>
/// <param name="Rows">Rows of the result held in registers.</param>
/// <param name="Vectors">Vectors of each row.</param>
/// <param name="TailRows">Rows of the tile for what is left below the last full one; 0 where nothing is.</param>
/// <param name="TailVectors">Vectors of the last group of columns where the width is no multiple of <paramref name="Vectors"/>; else 0.</param>
internal sealed record Tile(SimdMachine Machine, int Rows, int Vectors, int TailRows, int TailVectors)
{
    /// <summary>Sums of which one value becomes in the end: those of the pixels that are pooled.</summary>
    public int SumsAValue { get; init; } = 1;

    /// <summary>Registers that hold sums.</summary>
    public int Sums => Rows * SumsAValue * Vectors;

    /// <summary>Columns a tile covers.</summary>
    public int Columns => Vectors * Machine.Lanes;
}

/// <summary>The tiles of a plan, one for each machine.</summary>
internal static class Tiles
{
    /// <summary>The one on a machine.</summary>
    public static Tile On(this IEnumerable<Tile> tiles, SimdMachine machine) => tiles.First(tile => tile.Machine == machine);
}
