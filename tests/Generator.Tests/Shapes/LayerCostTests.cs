using Unroll.Generator.Graph;
using Unroll.Generator.Lowering;
using Unroll.Generator.Shapes;

namespace Unroll.Generator.Tests.Shapes;

/// <summary>What a layer says it costs is what its operations take.</summary>
public sealed class LayerCostTests
{
    [Theory]
    [InlineData("4", "[Dense(3)]", 12)]
    [InlineData("5, 4", "[Dense(3)]", 60)]
    [InlineData("7, 6, 2", "[Conv2D(3, [3, 2], Strides = [2], Padding = Padding.Same)]", 4 * 3 * 3 * 6 * 2)]
    [InlineData("7, 6, 4", "[Conv2D(6, 3, Groups = 2)]", 5 * 4 * 6 * 9 * 2)]
    [InlineData("9, 4", "[Conv1D(3, 2, Dilation = [3])]", 6 * 3 * 2 * 4)]
    [InlineData("7, 6, 2", "[DepthwiseConv2D(3, DepthMultiplier = 2)]", 5 * 4 * 4 * 9)]
    [InlineData("7, 6, 2", "[SeparableConv2D(5, 3, DepthMultiplier = 2)]", (5 * 4 * 4 * 9) + (5 * 4 * 4 * 5))]
    [InlineData("4, 3, 2", "[Conv2DTranspose(5, 3, Strides = [2])]", 4 * 3 * 2 * 9 * 5)]
    [InlineData("4, 6", "[MultiHeadAttention(2, 3, ValueDim = 5)]", (4 * 6 * (6 + 6 + 10)) + (2 * 4 * 4 * (3 + 5)) + (4 * 10 * 6))]
    [InlineData("4, 6", "[Dot(\"\", \"\", Axes = [1])]", 6 * 6 * 4)]
    [InlineData("4, 6", "[TimeDistributed<Body>]", 4 * 6 * 3)]
    [InlineData("4, 6", "[LSTM(16)]", 4 * (6 + 16) * 4 * 16)]
    [InlineData("4, 6", "[GRU(32, ReturnSequences = true, GoBackwards = true)]", 4 * (6 + 32) * 3 * 32)]
    [InlineData("4, 6", "[SimpleRNN(16, Bidirectional = BidirectionalMerge.Concat)]", 2 * 4 * (6 + 16) * 16)]
    [InlineData("4, 6", "[LayerNormalization]", 0)]
    public void IsWhatItsOperationsTake(string shape, string layers, long expected)
    {
        ShapedNetwork network = ShapeInference.Run(ParsedModel.Of($"[Network({shape})] {layers} public partial class Net; [Block] [Dense(3)] class Body;")).Network!;

        Assert.Equal(expected, network.Layers.Sum(static layer => LayerCost.Of(layer).MultiplyAdds));
        OpGraph graph = GraphBuilder.Lower(network);
        Assert.Equal(expected, graph.Ops.Sum(graph.MultiplyAddsOf));
    }

    /// <summary>A layer counts its units; its operations the gates as they are stored, each padded to whole vectors of the widest machine.</summary>
    [Fact]
    public void TheOperationsOfARecurrentLayerCountPaddedGates()
    {
        ShapedNetwork network = ShapeInference.Run(ParsedModel.Of("[Network(4, 6)] [LSTM(5)] public partial class Net;")).Network!;
        OpGraph graph = GraphBuilder.Lower(network);

        Assert.Equal(4 * (6 + 5) * 4 * 5, LayerCost.Of(network.Layers[0]).MultiplyAdds);
        Assert.Equal(4 * (6 + 5) * 4 * 16, graph.Ops.Sum(graph.MultiplyAddsOf));
    }
}
