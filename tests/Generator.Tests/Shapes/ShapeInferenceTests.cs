using Unroll.Generator.Model;
using Unroll.Generator.Shapes;

namespace Unroll.Generator.Tests.Shapes;

/// <summary>Model → shapes. What is refused is tested with the diagnostics.</summary>
public class ShapeInferenceTests
{
    [Fact]
    public void DenseWorksOnTheLastAxis() => Assert.Equal("5 × 7 × 4", Output([5, 7, 3], Dense(4)));

    [Fact]
    public void FlattenJoinsAllAxes() => Assert.Equal("105", Output([5, 7, 3], new FlattenSpec(0, "flatten1")));

    [Fact]
    public void FlattenKeepsOneAxis() => Assert.Equal("8", Output([8], new FlattenSpec(0, "flatten1")));

    [Fact]
    public void ActivateAndDropoutKeepTheShape() =>
        Assert.Equal("5 × 3", Output([5, 3], new ActivateSpec(0, "a", Model.Activation.Tanh, Coefficient: null), new DropoutSpec(1, "d", 0.5f)));

    [Theory]
    [InlineData(new[] { 784 }, new[] { 28, 28 }, "28 × 28")]
    [InlineData(new[] { 28, 28 }, new[] { -1, 7 }, "112 × 7")]
    [InlineData(new[] { 28, 28 }, new[] { 2, -1, 14 }, "2 × 28 × 14")]
    [InlineData(new[] { 28, 28 }, new[] { -1 }, "784")]
    [InlineData(new[] { 28, 28 }, new[] { 784, -1 }, "784 × 1")]
    public void ReshapeResolvesTheOpenSize(int[] input, int[] sizes, string expected) =>
        Assert.Equal(expected, Output(input, new ReshapeSpec(0, "reshape1", sizes.ToEquatableArray())));

    [Theory]
    [InlineData(new[] { 5, 7, 3 }, new[] { 3, 1, 2 }, "3 × 5 × 7")]
    [InlineData(new[] { 5, 7 }, new[] { 2, 1 }, "7 × 5")]
    [InlineData(new[] { 5 }, new[] { 1 }, "5")]
    public void PermuteTakesTheAxesInTheirNewOrder(int[] input, int[] axes, string expected) =>
        Assert.Equal(expected, Output(input, new PermuteSpec(0, "permute1", axes.ToEquatableArray())));

    [Theory]
    [InlineData(1, 1, "7 × 3")]
    [InlineData(0, 2, "7 × 3")]
    [InlineData(0, 0, "5 × 3")]
    public void ZeroPaddingAddsRows(int left, int right, string output) =>
        Assert.Equal(output, Output([5, 3], new ZeroPadding1DSpec(0, "zero_padding1d1", left, right)));

    [Fact]
    public void RepeatVectorAddsAnAxis() => Assert.Equal("3 × 5", Output([5], new RepeatVectorSpec(0, "repeat_vector1", 3)));

    [Fact]
    public void TheOtherLayersKeepTheShape() => Assert.Equal("5 × 3", Output(
        [5, 3],
        new BatchNormalizationSpec(0, "a", 0.99f, 1e-3f, Center: true, Scale: true),
        new LayerNormalizationSpec(1, "b", 1e-3f, Center: true, Scale: true),
        new NormalizationSpec(2, "c"),
        new RescalingSpec(3, "d", 2f, 1f),
        new GaussianNoiseSpec(4, "e", 0.5f),
        new GaussianDropoutSpec(5, "f", 0.5f),
        new AlphaDropoutSpec(6, "g", 0.5f),
        new ActivityRegularizationSpec(7, "h", Penalty.None),
        new PReluSpec(8, "i", Model.Initializer.Zeros)));

    [Fact]
    public void TheLargestNetworksFit()
    {
        Infer([2097120], Dense(1));
        Infer([65535, 16], Dense(16));
        Infer([32766], Dense(16384));
    }

    [Fact]
    public void EveryLayerStartsWhereTheOneBeforeEnds()
    {
        ShapedNetwork network = Infer([28, 28], new FlattenSpec(0, "flatten1"), Dense(128), Dense(10));

        Assert.Equal(["28 × 28 → 784", "784 → 128", "128 → 10"], network.Layers.Select(static layer => $"{layer.Input} → {layer.Output}"));
        Assert.Equal((Shape.Of(28, 28), Shape.Of(10)), (network.Input, network.Output));
    }

    private static string Output(int[] input, params LayerSpec[] layers) => Infer(input, layers).Output.ToString();

    private static ShapedNetwork Infer(int[] input, params LayerSpec[] layers)
    {
        var header = new TypeHeader("", default, "partial class Net", "Net", "Net", "Net");
        ShapeResult result = ShapeInference.Run(new NetworkModel(header, input.ToEquatableArray(), layers.ToEquatableArray(), BudgetSpec.None));
        Assert.Empty(result.Problems);
        return Assert.IsType<ShapedNetwork>(result.Network);
    }

    private static DenseSpec Dense(int units) => new(
        0, "dense", units, Model.Activation.Linear, true, Model.Initializer.GlorotUniform, Model.Initializer.Zeros);
}
