using Unroll.Generator.Graph;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Tests.Planning;

public sealed class ConvolutionPlanTests
{
    /// <summary>A power of two that divides the run: few where a term has many instructions, none more where there is no such.</summary>
    [Theory]
    [InlineData(32, 6, 2, 4)]
    [InlineData(32, 12, 2, 2)]
    [InlineData(32, 16, 3, 1)]
    [InlineData(6, 6, 2, 2)]
    [InlineData(5, 6, 2, 1)]
    public void WritesOutTermsThatDivideTheRun(int channels, int rows, int vectors, int expected) =>
        Assert.Equal(expected, PlanOf(channels, units: 16).TermsALoop(rows, vectors));

    /// <summary>Of a panel that is not full, machines of narrower vectors leave out what holds padding alone.</summary>
    [Theory]
    [InlineData(6, 1, 1, 2)]
    [InlineData(12, 1, 2, 3)]
    [InlineData(16, 1, 2, 4)]
    public void TilesLeaveOutVectorsOfPadding(int units, int at512, int at256, int at128)
    {
        int Computed(SimdMachine machine)
        {
            Tile tile = PlanOf(3, units).Tiles.First(tile => tile.Machine == machine);
            int all = PanelLayout.Vectors(PanelLayout.Computed(units), machine);
            Assert.Equal(all % tile.Vectors, tile.TailVectors);
            return all;
        }

        Assert.Equal((at512, at256, at128), (Computed(SimdMachine.Vector512), Computed(SimdMachine.Vector256), Computed(SimdMachine.Vector128)));
    }

    private static ConvolutionPlan PlanOf(int channels, int units)
    {
        var geometry = new WindowGeometry(
            new Window(new WindowAxis(3), new WindowAxis(1)), new Image(10, 8, channels), new Image(8, 8, units), PanelLayout.Pad(channels), PanelLayout.Pad(units));
        return new ConvolutionPlan(
            geometry, units, EquatableArray.Of<ElementwiseStep>(), TileChooser.ForProduct(8, PanelLayout.Computed(units), geometry.Depth));
    }
}
