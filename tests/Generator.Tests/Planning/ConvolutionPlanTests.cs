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

    /// <summary>
    /// Sums leave out the rows of taps that stand on padding: forward where x was padded, of the input's gradient where dy was, and of the
    /// kernel's gradient.
    /// </summary>
    [Fact]
    public void RowsOfPaddingAreLeftOut()
    {
        string kernels = GeneratorHarness.Run(GeneratorHarness.InShop(
            """
            [Network(12, 12, 17)] [Conv2D(32, 3, Padding = Padding.Same)] [Conv2D(32, 5, Strides = [2])] [Flatten] [Dense(2)] partial class Net;
            """)).Sources.Single(static source => source.HintName == "Shop.Net.Vector256.g.cs").SourceText.ToString();
        string Method(string name) => kernels[kernels.IndexOf($" {name}(", StringComparison.Ordinal)..].Split("\n    }\n")[0];

        Assert.Contains("nuint firstTaps = row < 1 ? 1 - row : 0;", Method("Conv2d1Forward"), StringComparison.Ordinal);
        Assert.Contains("nuint endOfTaps = row < 10 ? 3 : 13 - row;", Method("Conv2d1Forward"), StringComparison.Ordinal);
        Assert.Contains("if (row + tapRow < 1 || row + tapRow >= 13)", Method("Conv2d1KernelGradient"), StringComparison.Ordinal);
        Assert.DoesNotContain("Taps", Method("Conv2d2Forward"), StringComparison.Ordinal);
        Assert.Contains("nuint firstTaps = row < 4 ? 4 - row : 0;", Method("Conv2d2InputGradient"), StringComparison.Ordinal);
    }

    /// <summary>Of the pixels that are pooled the lower ones meet fewer rows of padding above, and the upper ones fewer below.</summary>
    [Fact]
    public void RowsOfPaddingThatAllPooledPixelsMeetAreLeftOut()
    {
        string kernels = GeneratorHarness.Run(GeneratorHarness.InShop(
            """
            [Network(40, 12, 4)] [Conv2D(16, 5, Padding = Padding.Same)] [MaxPooling2D(2)]
            [Conv2D(32, 3, Padding = Padding.Same)] [MaxPooling2D(2)] [Flatten] [Dense(2)] partial class Net;
            """)).Sources.Single(static source => source.HintName == "Shop.Net.Vector256.g.cs").SourceText.ToString();
        string Method(string name) => kernels[kernels.IndexOf($" {name}(", StringComparison.Ordinal)..].Split("\n    }\n")[0];

        Assert.Contains("nuint firstTaps = row * 2 < 1 ? 1 - row * 2 : 0;", Method("Conv2d1Pooled"), StringComparison.Ordinal);
        Assert.Contains("nuint endOfTaps = row * 2 < 37 ? 5 : 42 - row * 2;", Method("Conv2d1Pooled"), StringComparison.Ordinal);
        Assert.DoesNotContain("firstTaps", Method("Conv2d2Pooled"), StringComparison.Ordinal);
        Assert.Contains("nuint endOfTaps = row * 2 < 18 ? 3 : 21 - row * 2;", Method("Conv2d2Pooled"), StringComparison.Ordinal);
    }

    /// <summary>A single sample's convolution to one pixel is a product of a vector, but not where that pixel is pooled from several.</summary>
    [Theory]
    [InlineData("[Conv1D(3, 4)]", "K.Conv1d1Single(")]
    [InlineData("[Conv1D(3, 3)] [MaxPooling1D(2)]", "K.Conv1d1Pooled(")]
    public void OfASingleSampleOnePixelIsAProduct(string layers, string expected)
    {
        string schedule = GeneratorHarness.Run(GeneratorHarness.InShop($"[Network(4, 2)] {layers} partial class Net;"))
            .Sources.Single(static source => source.HintName == "Shop.Net.Schedule.g.cs").SourceText.ToString();
        string single = schedule[schedule.IndexOf(" void InferSample(", StringComparison.Ordinal)..].Split("\n    }\n")[0];

        Assert.Contains(expected, single, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, 1, 5)]
    [InlineData(4, 3, 11)]
    [InlineData(1, 2, 2)]
    public void ThePlaceBehindTheLast(int count, int stride, int expected) => Assert.Equal(expected, new Placement(1, stride).End(count));

    private static ConvolutionPlan PlanOf(int channels, int units)
    {
        var geometry = new WindowGeometry(
            new Window(new WindowAxis(3), new WindowAxis(1)), new Image(10, 8, channels), new Image(8, 8, units), PanelLayout.Pad(channels), PanelLayout.Pad(units));
        return new ConvolutionPlan(
            geometry, units, EquatableArray.Of<ElementwiseStep>(), TileChooser.ForProduct(8, PanelLayout.Computed(units), geometry.Depth));
    }
}
