using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Passes;

namespace Unroll.Generator.Tests.Graph.Passes;

/// <summary>What the pass that puts samples into lanes makes of a small graph, as text.</summary>
public sealed class LanePassTextTests
{
    [Fact]
    public void PutSamplesInLanesMovesRowsInAndOut() => Assert.Equal(
        """
        %0 = Input() : 4 a sample ; input
        %1 = Parameter() : 4 × 16 a step ; dense1 kernel
        %2 = Parameter() : 16 a step ; dense1 bias
        %3 = Parameter() : 3 × 16 a step ; dense2 kernel
        %5 = Parameter() : 3 a step ; dense2 bias
        %12 = RowsToLanes(%0) : 4 a sample ; input Lanes
        %13 = LaneProduct(%12, %1, %2) then AddBias then Relu : 16 a sample ; dense1 Lanes
        %14 = LaneProduct(%13, %3, %5) transposed then AddBias : 3 a sample ; dense2 Lanes
        %10 = LanesToRows(%14) : 3 a sample ; dense2 Forward
        %15 = LaneSoftmax(%14) : 3 a sample ; dense2 Lanes
        %11 = LanesToRows(%15) : 3 a sample ; dense2 Activation
        output %11, Softmax of %10

        """,
        GraphText.Of(new RemoveUnused().Apply(InLanes("[Dense(16, Activation.Relu)] [Dense(3, Activation.Softmax)]"))));

    /// <summary>Costly steps work on lanes as they are; what has no place there reads rows.</summary>
    [Fact]
    public void PutSamplesInLanesReturnsToRowsForWhatHasNoPlaceThere()
    {
        string text = GraphText.Of(InLanes("[Dense(5, Activation.Tanh)] [Dense(5, Activation.Tanh)] [LayerNormalization]"));

        Assert.Equal(2, text.Split("= LaneSteps(").Length - 1);
        Assert.Matches(@"(%\d+) = LanesToRows\(%\d+\) : 5 a sample[^\n]*\n(.*\n)*%\d+ = LayerStandardize\(\1\)", text);
    }

    /// <summary>Full vectors, few values to compute for those to move, and images.</summary>
    [Theory]
    [InlineData("[Dense(16)] [Dense(16)]", "16")]
    [InlineData("[Dense(10)]", "64")]
    [InlineData("[Dense(3)] [Dense(3)]", "5, 4")]
    [InlineData("[Activate(Activation.Tanh)]", "3")]
    public void PutSamplesInLanesLeavesOthersAlone(string layers, string shape)
    {
        OpGraph graph = PassList.ForInference(PassGraphs.Forward(layers, shape));

        Assert.Same(graph, new PutSamplesInLanes(sharesKernels: false).Apply(graph));
    }

    private static OpGraph InLanes(string layers) => new PutSamplesInLanes(sharesKernels: false).Apply(PassList.ForInference(PassGraphs.Forward(layers)));
}
