using Unroll.Generator.Graph;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Tests.Planning;

public sealed class ProductPlanTests
{
    public static TheoryData<int, int> Sizes => new() { { 784, 512 }, { 512, 784 }, { 1021, 100 }, { 4096, 4096 }, { 300, 33 } };

    /// <summary>While the rows of a block pass over one group of columns, every line of the next is fetched, and not much of the one after.</summary>
    [Theory]
    [MemberData(nameof(Sizes))]
    public void FetchesTheNextColumnsOnce(int inputs, int units)
    {
        ProductPlan plan = PlanOf(inputs, units, streamed: 128);
        foreach (Tile tile in plan.Tiles.Where(tile => plan.StepsALine(tile) > 0))
        {
            int steps = plan.StepsALine(tile);
            int fetched = 128 / tile.Rows * ((inputs + steps - 1) / steps);
            int needed = inputs * tile.Columns / PanelLayout.Width;

            Assert.InRange(fetched, needed, (2 * needed) + (128 / tile.Rows));
            Assert.Equal(0, steps & (steps - 1));
        }
    }

    [Fact]
    public void FetchesAheadWhereTheKernelComesFromAnOuterCache()
    {
        ProductPlan plan = PlanOf(784, 512, streamed: 128);

        Assert.Equal(["Vector512", "Vector256"], plan.Tiles.Where(tile => plan.StepsALine(tile) > 0).Select(static tile => tile.Machine.Name));
    }

    [Fact]
    public void FetchesNothingWhereTheKernelStaysNear()
    {
        ProductPlan plan = PlanOf(784, 512, streamed: 0);

        Assert.All(plan.Tiles, tile => Assert.Equal(0, plan.StepsALine(tile)));
    }

    [Fact]
    public void FetchesNothingBehindTheOnlyColumns()
    {
        ProductPlan plan = PlanOf(512, 10, streamed: 128);

        Assert.All(plan.Tiles, tile => Assert.Equal(0, plan.StepsALine(tile)));
    }

    [Fact]
    public void FetchesNothingWhereTheNextColumnsAreInTheSamePanel()
    {
        ProductPlan plan = PlanOf(784, 512, streamed: 128);

        Assert.Equal(0, plan.StepsALine(new Tile(SimdMachine.Vector256, Rows: 8, Vectors: 1, TailRows: 0, TailVectors: 0)));
    }

    private static ProductPlan PlanOf(int inputs, int units, int streamed) => new(
        inputs, units, inputs, PanelLayout.Pad(units), streamed, EquatableArray.Of<ElementwiseStep>(), TileChooser.ForProduct(128, units, inputs));
}
