using Unroll.Generator.Planning;

namespace Unroll.Generator.Tests.Planning;

public sealed class TileChooserTests
{
    /// <summary>Two tiles of thirteen rows take as long as one of fourteen and one of twelve, and are half the code.</summary>
    [Fact]
    public void RowsThatTilesDivideNeedNoSecondTile()
    {
        Tile tile = TileOf(SimdMachine.Vector512, TileChooser.ForProduct(rows: 26, columns: 32, depth: 9));

        Assert.Equal((13, 2, 0), (tile.Rows, tile.Vectors, tile.TailRows));
    }

    /// <summary>Fourteen rows go best into blocks of 64, with a tile of eight for the rest; of a batch of 32 they leave four that are computed one by one.</summary>
    [Fact]
    public void TilesOfSamplesFitTheBatchesOfATrainingToo()
    {
        Tile ofBlocks = TileOf(SimdMachine.Vector512, TileChooser.ForProduct(rows: 64, columns: 32, depth: 24));
        Tile ofBatches = TileOf(SimdMachine.Vector512, TileChooser.ForSamples(rows: 64, samples: 64, columns: 32, depth: 24));
        static double Cycles(Tile tile, int rows) => TileChooser.Cycles(tile, columns: 32, depth: 24, rows);

        Assert.Equal((14, 8), (ofBlocks.Rows, ofBlocks.TailRows));
        Assert.True(Cycles(ofBatches, 32) < 0.9 * Cycles(ofBlocks, 32));
        Assert.True(Cycles(ofBatches, 64) < 1.05 * Cycles(ofBlocks, 64));
    }

    [Theory]
    [InlineData(0, 27, 4, 0, 3)]
    [InlineData(0, 24, 4, 0, 0)]
    [InlineData(2, 27, 4, 1, 1)]
    [InlineData(4, 27, 4, 0, 3)]
    public void CountsTheRowsThatAreLeft(int tailRows, int all, int full, int tails, int singles)
    {
        var tile = new Tile(SimdMachine.Vector512, Rows: 6, Vectors: 2, tailRows, TailVectors: 0);
        double Cycles(int rows) => TileChooser.Cycles(tile, columns: 32, depth: 100, rows);

        Assert.Equal((full * Cycles(6)) + (tails * Cycles(2)) + (singles * Cycles(1)), Cycles(all), 6);
    }

    /// <summary>All sums that are pooled into a pixel are in registers together, with the operands that they share.</summary>
    [Theory]
    [InlineData(13, 4, 32, 9)]
    [InlineData(1, 4, 7, 800)]
    [InlineData(5, 3, 64, 288)]
    [InlineData(100, 2, 16, 1)]
    public void TilesHoldAllThatIsPooled(int pixels, int sums, int columns, int depth) =>
        Assert.All(TileChooser.ForPixels(pixels, sums, columns, depth), tile =>
        {
            Assert.Equal(tile.Rows * sums * tile.Vectors, tile.Sums);
            Assert.InRange(tile.Sums + tile.Vectors + 2, 1, tile.Machine.Registers);
            Assert.Equal(pixels % tile.Rows, tile.TailRows);
        });

    private static Tile TileOf(SimdMachine machine, IEnumerable<Tile> tiles) => tiles.First(tile => tile.Machine == machine);
}
