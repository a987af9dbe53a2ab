using Unroll.Generator.Incremental;
using Unroll.Generator.Layers;
using Unroll.Generator.Model;

namespace Unroll.Generator.Tests.Frontend;

/// <summary>Attributes → model.</summary>
public class NetworkParserTests
{
    [Fact]
    public void ReadsLayersInSourceOrderWithTheirArguments()
    {
        NetworkModel model = Parse("""
            [Network(28, 28)]
            [Flatten]
            [Dense(128, Activation.Relu)]
            [Dropout(0.2f), Dense(10, Activation.Softmax, Name = "head")]
            public sealed partial class Digits;
            """);

        Assert.Equal([28, 28], model.Inputs[0].Shape);
        Assert.Equal(
            [
                new FlattenLayer(0, "flatten1"),
                Dense(1, "dense1", 128, Model.Activation.Relu),
                new DropoutLayer(2, "dropout1", 0.2f),
                Dense(3, "head", 10, Model.Activation.Softmax),
            ],
            ParsedModel.LayersOf(model));
    }

    [Fact]
    public void ReadsEveryArgumentOfDense()
    {
        NetworkModel model = Parse("""
            [Network(4)]
            [Dense(activation: Activation.Mish, units: 3, UseBias = true, KernelInitializer = Initializer.HeNormal,
                BiasInitializer = Initializer.Ones, KernelL1 = 0.1f, KernelL2 = 0.2f, BiasL1 = 0.3f, BiasL2 = 1)]
            [Dense(2, UseBias = false)]
            public partial class Net;
            """);

        var expected = new DenseLayer(
            0,
            "dense1",
            3,
            Model.Activation.Mish,
            true,
            new WeightSpec(Model.Initializer.HeNormal, new Penalty(0.1f, 0.2f), ConstraintSpec.None),
            new WeightSpec(Model.Initializer.Ones, new Penalty(0.3f, 1f), ConstraintSpec.None));
        Assert.Equal<Layer>([expected, Dense(1, "dense2", 2, Model.Activation.Linear) with { UseBias = false }], ParsedModel.LayersOf(model));
    }

    [Fact]
    public void ReadsActivateAndConstantsOfTheUser()
    {
        NetworkModel model = Parse("""
            [Network(Size.Rows, Size.Rows * 2)]
            [Activate(Activation.Gelu, Name = nameof(Size))]
            public partial class Net;
            internal static class Size { public const int Rows = 6; }
            """);

        Assert.Equal([6, 12], model.Inputs[0].Shape);
        Assert.Equal<Layer>([new ActivateLayer(0, "Size", Model.Activation.Gelu, Coefficient: null)], ParsedModel.LayersOf(model));
    }

    [Fact]
    public void NumbersLayersByKindWhetherTheOthersAreNamedOrNot()
    {
        NetworkModel model = Parse("""
            [Network(4)]
            [Dense(3, Name = "first"), Dropout(0f), Dense(2), Dense(1, Name = null), Dropout(0.5f)]
            public partial class Net;
            """);

        Assert.Equal(["first", "dropout1", "dense2", "dense3", "dropout2"], ParsedModel.LayersOf(model).Select(static layer => layer.Name));
    }

    [Theory]
    [InlineData("[Network(new[] { 3, 4 })]")]
    [InlineData("[Network(new int[2] { 3, 4 })]")]
    [InlineData("[Network(inputShape: new[] { 3, 4 })]")]
    [InlineData("[NetworkAttribute(3, 4)]")]
    [InlineData("[global::Unroll.Network(3, 4)]")]
    public void ReadsAnInputShapeHoweverItIsWritten(string attribute)
    {
        NetworkModel model = Parse($"{attribute} [Dense(1)] partial class Net;");
        Assert.Equal([3, 4], model.Inputs[0].Shape);
    }

    [Fact]
    public void AnotherPartOfTheClassMayStandElsewhere()
    {
        GeneratorOutcome outcome = GeneratorHarness.Run(
            GeneratorHarness.InShop("partial class Net { public int Answer => 42; }"),
            GeneratorHarness.InShop("[Network(1)] [Dense(1)] partial class Net : Model, System.ICloneable { public object Clone() => this; }"));

        Assert.Single(outcome.Step<NetworkModel>(StepNames.Model));
        Assert.Empty(outcome.Reported);
        Assert.Empty(outcome.FromCompiler);
    }

    private static DenseLayer Dense(int position, string name, int units, Model.Activation activation) => new(
        position, name, units, activation, true, Model.Initializer.GlorotUniform, Model.Initializer.Zeros);

    private static NetworkModel Parse(string source)
    {
        GeneratorOutcome outcome = GeneratorHarness.Run(GeneratorHarness.InShop(source));
        Assert.Empty(outcome.Reported);
        Assert.Empty(outcome.FromCompiler);
        return Assert.Single(outcome.Step<NetworkModel>(StepNames.Model));
    }
}
