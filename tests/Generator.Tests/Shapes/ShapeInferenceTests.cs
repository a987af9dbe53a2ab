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
        ShapeResult result = ShapeInference.Run(new NetworkModel(header, input.ToEquatableArray(), layers.ToEquatableArray()));
        Assert.Empty(result.Problems);
        return Assert.IsType<ShapedNetwork>(result.Network);
    }

    private static DenseSpec Dense(int units) => new(
        0, "dense", units, Model.Activation.Linear, true, Model.Initializer.GlorotUniform, Model.Initializer.Zeros, Penalty.None, Penalty.None);
}
