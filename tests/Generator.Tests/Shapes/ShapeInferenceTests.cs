using Unroll.Generator.Layers;
using Unroll.Generator.Model;
using Unroll.Generator.Shapes;

namespace Unroll.Generator.Tests.Shapes;

/// <summary>Model → shapes. What is refused is tested with the diagnostics.</summary>
public class ShapeInferenceTests
{
    [Fact]
    public void DenseWorksOnTheLastAxis() => Assert.Equal("5 × 7 × 4", Output([5, 7, 3], Dense(4)));

    [Fact]
    public void FlattenJoinsAllAxes() => Assert.Equal("105", Output([5, 7, 3], new FlattenLayer(0, "flatten1")));

    [Fact]
    public void FlattenKeepsOneAxis() => Assert.Equal("8", Output([8], new FlattenLayer(0, "flatten1")));

    [Fact]
    public void ActivateAndDropoutKeepTheShape() =>
        Assert.Equal("5 × 3", Output([5, 3], new ActivateLayer(0, "a", Model.Activation.Tanh, Coefficient: null), new DropoutLayer(1, "d", 0.5f)));

    [Theory]
    [InlineData(new[] { 784 }, new[] { 28, 28 }, "28 × 28")]
    [InlineData(new[] { 28, 28 }, new[] { -1, 7 }, "112 × 7")]
    [InlineData(new[] { 28, 28 }, new[] { 2, -1, 14 }, "2 × 28 × 14")]
    [InlineData(new[] { 28, 28 }, new[] { -1 }, "784")]
    [InlineData(new[] { 28, 28 }, new[] { 784, -1 }, "784 × 1")]
    public void ReshapeResolvesTheOpenSize(int[] input, int[] sizes, string expected) =>
        Assert.Equal(expected, Output(input, new ReshapeLayer(0, "reshape1", sizes.ToEquatableArray())));

    [Theory]
    [InlineData(new[] { 5, 7, 3 }, new[] { 3, 1, 2 }, "3 × 5 × 7")]
    [InlineData(new[] { 5, 7 }, new[] { 2, 1 }, "7 × 5")]
    [InlineData(new[] { 5 }, new[] { 1 }, "5")]
    public void PermuteTakesTheAxesInTheirNewOrder(int[] input, int[] axes, string expected) =>
        Assert.Equal(expected, Output(input, new PermuteLayer(0, "permute1", axes.ToEquatableArray())));

    [Theory]
    [InlineData(1, 1, "7 × 3")]
    [InlineData(0, 2, "7 × 3")]
    [InlineData(0, 0, "5 × 3")]
    public void ZeroPaddingAddsRows(int left, int right, string output) =>
        Assert.Equal(output, Output([5, 3], new MarginsLayer(0, "zero_padding1d1", 1, EquatableArray.Of(left), EquatableArray.Of(right))));

    [Fact]
    public void RepeatVectorAddsAnAxis() => Assert.Equal("3 × 5", Output([5], new RepeatVectorLayer(0, "repeat_vector1", 3)));

    [Fact]
    public void TheOtherLayersKeepTheShape() => Assert.Equal("5 × 3", Output(
        [5, 3],
        new BatchNormalizationLayer(0, "a", 0.99f, 1e-3f, Center: true, Scale: true),
        new LayerNormalizationLayer(1, "b", 1e-3f, Center: true, Scale: true),
        new NormalizationLayer(2, "c"),
        new RescalingLayer(3, "d", 2f, 1f),
        new GaussianNoiseLayer(4, "e", 0.5f),
        new GaussianDropoutLayer(5, "f", 0.5f),
        new AlphaDropoutLayer(6, "g", 0.5f),
        new ActivityRegularizationLayer(7, "h", Penalty.None),
        new PReluLayer(8, "i", Model.Initializer.Zeros)));

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
        ShapedNetwork network = Infer([28, 28], new FlattenLayer(0, "flatten1"), Dense(128), Dense(10));

        Assert.Equal(["28 × 28 → 784", "784 → 128", "128 → 10"], network.Layers.Select(static layer => $"{layer.Inputs[0]} → {layer.Output}"));
        Assert.Equal((Shape.Of(28, 28), Shape.Of(10)), (network.Inputs.Single(), network.Outputs.Single()));
    }

    private static string Output(int[] input, params Layer[] layers) => Infer(input, layers).Outputs.Single().ToString();

    private static ShapedNetwork Infer(int[] input, params Layer[] layers)
    {
        var header = new TypeHeader("", default, "partial class Net", "Net", "Net", "Net");
        LayerNode[] nodes =
        [
            .. layers.Select((layer, index) => new LayerNode(
                layer with { Name = $"layer{index}" },
                EquatableArray.Of(index == 0 ? NetworkInput.DefaultName : $"layer{index - 1}"),
                $"layer{index}")),
        ];
        ShapeResult result = ShapeInference.Run(new NetworkModel(
            header,
            EquatableArray.Of(new NetworkInput(NetworkInput.DefaultName, input.ToEquatableArray())),
            nodes.ToEquatableArray(),
            EquatableArray.Of(new NetworkOutput(NetworkOutput.DefaultName, nodes[^1].Layer.Name)),
            BudgetSpec.None));
        Assert.Null(result.Error);
        return Assert.IsType<ShapedNetwork>(result.Network);
    }

    private static DenseLayer Dense(int units) => new(
        0, "dense", units, Model.Activation.Linear, true, Model.Initializer.GlorotUniform, Model.Initializer.Zeros);
}
