using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Passes;
using Unroll.Generator.Lowering;
using Unroll.Generator.Shapes;

namespace Unroll.Generator.Tests.Graph.Passes;

/// <summary>What is left of products behind embeddings in inference; that the numbers stay the same is checked on compiled networks.</summary>
public class FoldGathersTests
{
    private const string Block = "[Block] [Dense(5)] public partial class Body;";

    [Fact]
    public void GathersTheProductsOfTheTable() => Assert.Equal(
        """
        %0 = Input() : 4 whole numbers a sample ; input
        %1 = Parameter() : 7 × 5 a step ; embedding1 embeddings
        %2 = Parameter() : 5 × 3 a step ; dense1 kernel
        %3 = Parameter() : 3 a step ; dense1 bias
        %4 = Gather(%0, %1) : 4 × 5 a sample ; embedding1 Forward
        %7 = Product(%1, %2) : 7 × 3 a step ; dense1 ForwardTable
        %8 = Elementwise(%7, %3) then AddBias : 7 × 3 a step ; dense1 ForwardTable
        %9 = Gather(%0, %8) : 4 × 3 a sample ; dense1 Forward
        output %9

        """,
        GraphText.Of(new FoldGathers().Apply(PassGraphs.Lowered("[Embedding(7, 5)] [Dense(3)]"))));

    [Theory]
    [InlineData("[Embedding(7, 5)] [Dense(3)]", 1)]
    [InlineData("[Embedding(7, 5)] [Dense(3, Activation.Tanh, UseBias = false)]", 1)]
    [InlineData("[Embedding(7, 5)] [Dense(1)]", 1)]
    [InlineData("[Embedding(1, 5)] [Dense(3)]", 1)]
    [InlineData("[Embedding(7, 5)] [BatchNormalization] [LSTM(3)]", 1)]
    [InlineData("[Embedding(7, 5)] [GRU(3, Bidirectional = BidirectionalMerge.Concat)]", 2)]
    [InlineData("[Embedding(7, 5, Name = \"words\")] [Dense(3, Name = \"few\")] [Dense(4, From = \"words\")] [Concatenate(\"few\", \"\")]", 2)]
    public void TheProductIsOfTheTable(string layers, int tables)
    {
        OpGraph graph = Inference(layers);

        Assert.Equal(tables, graph.Ops.Count(static op => op.Kind is ProductOp or TransposedProductOp && op.Scope == OpScope.Step));
        Assert.Equal(tables, graph.Ops.Count(static op => op.Kind is GatherOp));
        Assert.All(graph.Ops.Where(static op => op.Kind is GatherOp), op => Assert.Equal(OpScope.Step, graph[op.Inputs[1]].Scope));
        Assert.DoesNotContain(graph.Ops, static op => op is { Kind: ElementwiseOp { OnlyStep: AddBias } });
    }

    /// <summary>Two layers of which one finds room.</summary>
    [Fact]
    public void AsManyAsFindRoom()
    {
        OpGraph graph = Inference(
            "[Embedding(5000, 4, Name = \"words\")] [Dense(200, Name = \"few\")] [Dense(200, From = \"words\")] [Concatenate(\"few\", \"\")]");

        Assert.Single(graph.Ops, static op => op is { Kind: ProductOp, Scope: OpScope.Step });
        Assert.Single(graph.Ops, static op => op is { Kind: ProductOp, Scope: OpScope.Sample });
    }

    /// <summary>The rows wanted elsewhere, or too many products.</summary>
    [Theory]
    [InlineData("[Embedding(7, 5)] [Residual<Body>]")]
    [InlineData("[Embedding(7, 5)] [Flatten] [Dense(3)]")]
    [InlineData("[Embedding(70000, 5)] [Dense(17)]")]
    [InlineData("[Embedding(1000, 1000)] [Dense(100)]")]
    public void StaysWithThePositions(string layers) =>
        Assert.DoesNotContain(Inference(layers).Ops, static op => op is { Kind: ProductOp, Scope: OpScope.Step });

    private static OpGraph Inference(string layers)
    {
        ShapedNetwork network = ShapeInference.Run(ParsedModel.Of($"[Network(4)] {layers} public partial class Net; {Block}")).Network!;
        return PassList.ForInference(GraphBuilder.Lower(network));
    }
}
