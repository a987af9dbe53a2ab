using System.Reflection;
using System.Runtime.Loader;

namespace Unroll.Generator.Tests.Emission;

/// <summary>The graph that generated code gives of itself.</summary>
public class NetworkGraphTests
{
    [Fact]
    public void AStackIsAChainOfItsLayers()
    {
        NetworkGraph graph = GraphOf("[Network(28, 28)] [Flatten] [Dense(128, Activation.Relu)] [Dropout(0.2f)] [Dense(10, Activation.Softmax)] public partial class Net;");

        Assert.Equal("Shop.Net", graph.Name);
        Assert.Equal(
            ["input Input 28 × 28 []", "flatten1 Flatten 784 [0]", "dense1 Dense 128 [1]", "dropout1 Dropout 128 [2]", "dense2 Dense 10 [3]"],
            graph.Layers.Select(Text));
        Assert.Equal(
            [
                "loss Gradient 10 [4]",
                "dense2 BiasGradient 10 [5]",
                "dense2 KernelGradient 128 × 10 [3, 5]",
            ],
            graph.Gradients.Where(static node => node.Layer is "loss" or "dense2" && node.Kind != "InputGradient").Select(Text));
        Assert.DoesNotContain(graph.Gradients, static node => node.Layer == "flatten1");
    }

    [Fact]
    public void AnActivationByItselfIsShownAsItsFunction() => Assert.Equal(
        ["input Input 4 []", "activate1 Swish 4 [0]", "leaky_relu1 LeakyRelu 4 [1]"],
        GraphOf("[Activate(Activation.Swish)] [LeakyRelu(0.1f)] [Network(4)] public partial class Net;").Layers.Select(Text));

    [Fact]
    public void ABlockAppliedToEachStepShowsItsValuesAtAllSteps()
    {
        NetworkGraph graph = GraphOf(
            "[Network(7, 4)] [TimeDistributed<Body>] [Dense(3)] public partial class Net; [Block] [Dense(8)] [Dense(2)] public partial class Body;");

        Assert.Equal(
            [
                "input Input 7 × 4 []", "body1/input EachStep 7 × 4 [0]", "body1/dense1 Dense 7 × 8 [1]", "body1/dense2 Dense 7 × 2 [2]",
                "body1 TimeDistributed 7 × 2 [0, 3]", "dense1 Dense 7 × 3 [4]",
            ],
            graph.Layers.Select(Text));
    }

    [Fact]
    public void AResidualConnectionReadsItsBodyAndItsInput()
    {
        NetworkGraph graph = GraphOf(
            "[Network(4)] [Residual<Body>(Repeat = 2)] [Dense(3)] public partial class Net; [Block] [Dense(8, Activation.Relu)] [Dense(4)] public class Body;");

        Assert.Equal(
            [
                "input Input 4 []", "body1/dense1 Dense 8 [0]", "body1/dense2 Dense 4 [1]", "body1 Residual 4 [0, 2]",
                "body2/dense1 Dense 8 [3]", "body2/dense2 Dense 4 [4]", "body2 Residual 4 [3, 5]", "dense1 Dense 3 [6]",
            ],
            graph.Layers.Select(Text));
        Assert.Equal("loss Gradient 3 [7]", Text(graph.Gradients[0]));
    }

    /// <summary>Every gradient is computed from layers and gradients before it, and every parameter has one of its shape.</summary>
    [Theory]
    [InlineData("[Network(5, 3)] [Dense(17)] [BatchNormalization] [Activate(Activation.Relu)] [PRelu] [Flatten] [Dense(2, Activation.Sigmoid)]", "17", "85", "2")]
    [InlineData("[Network(4)] [Dense(3, Name = \"input\")] [LayerNormalization] [Dense(2, Name = \"loss\")]", "3", "4 × 3", "3 × 2")]
    [InlineData("[Network(4, 2)] [ZeroPadding1D] [Permute(2, 1)] [Reshape(3, -1)] [Dense(1)]", "4 × 1", "1")]
    public void GradientsFollowWhatTheyRead(string attributes, params string[] shapes)
    {
        NetworkGraph graph = GraphOf(attributes + " public partial class Net;");

        for (int i = 0; i < graph.Gradients.Count; i++)
        {
            Assert.NotEmpty(graph.Gradients[i].Inputs);
            Assert.All(graph.Gradients[i].Inputs, input => Assert.InRange(input, 0, graph.Layers.Count + i - 1));
        }

        Assert.All(shapes, shape => Assert.Contains(graph.Gradients, node => string.Join(" × ", node.Shape) == shape));
    }

    private static string Text(GraphNode node) => $"{node.Layer} {node.Kind} {string.Join(" × ", node.Shape)} [{string.Join(", ", node.Inputs)}]";

    private static NetworkGraph GraphOf(string source)
    {
        GeneratorOutcome outcome = GeneratorHarness.Run(GeneratorHarness.InShop(source));
        using var image = new MemoryStream();
        Assert.True(outcome.Compilation.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        image.Position = 0;
        Assembly assembly = new AssemblyLoadContext("graph", isCollectible: true).LoadFromStream(image);
        return (NetworkGraph)assembly.GetType("Shop.Net")!.GetProperty("Graph")!.GetValue(null)!;
    }
}
