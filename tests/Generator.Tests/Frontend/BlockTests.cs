using Microsoft.CodeAnalysis;
using Unroll.Generator.Emission;
using Unroll.Generator.Incremental;
using Unroll.Generator.Layers;
using Unroll.Generator.Model;

namespace Unroll.Generator.Tests.Frontend;

/// <summary>Blocks → the layers they stand for, with names and positions of their own.</summary>
public class BlockTests
{
    private const string Body = "[Block] [Dense(8, Activation.Relu)] [Dropout(0.5f)] [Dense(4)] public partial class Body;";

    [Fact]
    public void AUseIsItsLayers() => Assert.Equal(
        ["0 dense1", "2 body1/dense1", "3 body1/dropout1", "4 body1/dense2", "5 dense2"],
        Flat("[Dense(4)] [Use<Body>] [Dense(1)]"));

    [Fact]
    public void EveryRepetitionHasNamesAndPositionsOfItsOwn() => Assert.Equal(
        [
            "1 body1/dense1", "2 body1/dropout1", "3 body1/dense2",
            "5 body2/dense1", "6 body2/dropout1", "7 body2/dense2",
            "9 body3/dense1", "10 body3/dropout1", "11 body3/dense2",
        ],
        Flat("[Use<Body>(Repeat = 2)] [Use<Body>]"));

    [Fact]
    public void AResidualConnectionComesAfterItsLayers()
    {
        Layer[] layers = [.. Layers("[Residual<Body>(Repeat = 2)] [Use<Body>]")];

        Assert.Equal(
            [
                "body1/dense1", "body1/dropout1", "body1/dense2", "body1", "body2/dense1", "body2/dropout1", "body2/dense2", "body2",
                "body3/dense1", "body3/dropout1", "body3/dense2",
            ],
            layers.Select(static layer => layer.Name));
        Assert.Equal(Enumerable.Range(0, 8), layers[..8].Select(static layer => layer.Position).Order());
    }

    [Fact]
    public void AResidualConnectionReadsWhatGoesIntoItsBlockAndWhatComesOut()
    {
        NetworkModel model = ParsedModel.Of("[Network(4)] [Dense(4)] [Residual<Body>] public partial class Net;", Body);

        Assert.Equal(["dense1", "body1/dense2"], model.Nodes[^1].Inputs);
    }

    [Theory]
    [InlineData("[Use<Body>(Name = \"stem\")]", "stem/dense1")]
    [InlineData("[Use<Body>(Name = \"stem\", Repeat = 1)]", "stem/dense1")]
    [InlineData("[Use<Body>(Name = \"stem\", Repeat = 2)]", "stem1/dense1")]
    [InlineData("[Unroll.UseAttribute<Shop.Body>]", "body1/dense1")]
    [InlineData("[Use<ResNetBody2>]", "res_net_body2_1/dense1")]
    [InlineData("[Use<MLPBlock>]", "mlp_block1/dense1")]
    [InlineData("[Use<Holder.Inner>]", "inner1/dense1")]
    [InlineData("[Use<Generic<int>>]", "generic1/dense1")]
    public void NamesFollowTheClassOrTheUser(string use, string first) => Assert.Equal(first, Layers(
        use,
        """
        [Block] [Dense(4)] public partial class ResNetBody2;
        [Block] [Dense(4)] internal abstract class MLPBlock;
        static class Holder { [Block] [Dense(4)] internal class Inner; }
        [Block] [Dense(4)] class Generic<T>;
        """)[0].Name);

    [Fact]
    public void NamedUsesCountToo() => Assert.Equal(
        ["stem/", "body2/", "a1/", "a2/", "body5/"],
        Layers("[Use<Body>(Name = \"stem\")] [Use<Body>] [Use<Body>(Name = \"a\", Repeat = 2)] [Use<Body>]")
            .Select(static layer => layer.Name[..(layer.Name.IndexOf('/', StringComparison.Ordinal) + 1)]).Distinct());

    [Fact]
    public void BlocksNest() => Assert.Equal(
        ["outer1/dense1", "outer1/body1/dense1", "outer1/body1/dropout1", "outer1/body1/dense2", "outer1/inner/dense1", "outer1/inner"],
        (Layers("[Use<Outer>]", "[Block] [Dense(4)] [Use<Body>] [Residual<Small>(Name = \"inner\")] class Outer; [Block] [Dense(4)] class Small;"))
            .Select(static layer => layer.Name));

    [Fact]
    public void PositionsAreUnique()
    {
        IEnumerable<int> positions = Layers("[Use<Outer>(Repeat = 3)] [Dropout(0.1f)]", "[Block] [Residual<Body>(Repeat = 2)] [Use<Body>] class Outer;")
            .Select(static layer => layer.Position);

        Assert.Distinct(positions);
    }

    [Fact]
    public void ABlockMayStandInAnotherFileAndNamespace() => Assert.Equal(
        ["body1/dense1", "body1/dropout1", "body1/dense2"],
        Read(GeneratorHarness.Compilation(
            "using Unroll; namespace Shop; [Network(4)] [Use<Parts.Deep.Body>] partial class Net;",
            "using Unroll; namespace Parts.Deep; " + Body)).Select(static layer => layer.Name));

    [Fact]
    public void ABlockMayStandInAnotherAssembly()
    {
        MetadataReference parts = Emit("using Unroll; namespace Parts; " + Body);

        Assert.Equal(
            ["body1/dense1", "body1/dropout1", "body1/dense2", "body1"],
            (Read(GeneratorHarness.Compilation("using Unroll; [Network(4)] [Residual<Parts.Body>] partial class Net;").AddReferences(parts)))
                .Select(static layer => layer.Name));
    }

    private static MetadataReference Emit(string source)
    {
        var image = new MemoryStream();
        Assert.True(GeneratorHarness.Compilation(source).Emit(image).Success);
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    private static IEnumerable<string> Flat(string attributes) => Layers(attributes).Select(static layer => $"{layer.Position} {layer.Name}");

    private static EquatableArray<Layer> Layers(string attributes, string blocks = "") =>
        ParsedModel.Of($"[Network(4)] {attributes} public partial class Net;", Body + blocks).Nodes.Select(static node => node.Layer).ToEquatableArray();

    private static EquatableArray<Layer> Read(Compilation compilation)
    {
        GeneratorOutcome outcome = GeneratorHarness.Run(compilation, GeneratorHarness.Driver(new NetworkGenerator(static (_, _, _) => new NetworkCode(default))));
        Assert.Empty(outcome.Reported);
        return ParsedModel.LayersOf(Assert.Single(outcome.Step<NetworkModel>(StepNames.Model)));
    }

}
