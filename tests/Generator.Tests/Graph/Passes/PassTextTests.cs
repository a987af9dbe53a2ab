using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Passes;
using Unroll.Generator.Lowering;
using Unroll.Generator.Shapes;

namespace Unroll.Generator.Tests.Graph.Passes;

/// <summary>What each pass makes of a small graph, as text.</summary>
public sealed class PassTextTests
{
    [Fact]
    public void DropNoiseTakesNoiseOut()
    {
        OpGraph graph = Forward("[Dense(3)] [Dropout(0.5f)]");

        Assert.Contains("then DropoutStep", GraphText.Of(graph), StringComparison.Ordinal);
        Assert.Equal(
            """
            %0 = Input() : 4 a sample ; input
            %1 = Parameter() : 4 × 3 a step ; dense1 kernel
            %2 = Parameter() : 3 a step ; dense1 bias
            %3 = Product(%0, %1) : 3 a sample ; dense1 Forward
            %4 = Elementwise(%3, %2) then AddBias : 3 a sample ; dense1 Forward
            output %4

            """,
            GraphText.Of(new DropNoise().Apply(graph)));
    }

    [Fact]
    public void FuseElementwiseRunsStepsInTheProductBeforeThem() => Assert.Equal(
        """
        %0 = Input() : 4 a sample ; input
        %1 = Parameter() : 4 × 3 a step ; dense1 kernel
        %2 = Parameter() : 3 a step ; dense1 bias
        %5 = Product(%0, %1, %2) then AddBias then Relu : 3 a sample ; dense1 Forward
        output %5

        """,
        GraphText.Of(new FuseElementwise().Apply(Forward("[Dense(3, Activation.Relu)]"))));

    [Fact]
    public void FuseElementwiseLeavesCostlyStepsBehindASum()
    {
        string text = GraphText.Of(new FuseElementwise().Apply(Forward("[Dense(3, Activation.Tanh)]")));

        Assert.Contains("%5 = Elementwise(%4) then Tanh : 3 a sample", text, StringComparison.Ordinal);
    }

    [Fact]
    public void FuseHeadWithLossLeavesOneGradientAtTheLogits()
    {
        OpGraph graph = GradientBuilder.AddBackward(Forward("[Dense(3, Activation.Softmax)]"));

        Assert.Contains("= Loss(%5) : 3 a sample", GraphText.Of(graph), StringComparison.Ordinal);
        string fused = GraphText.Of(new FuseHeadWithLoss().Apply(graph));
        Assert.Contains("= Loss(%5, %4) : 3 a sample ; loss Gradient", fused, StringComparison.Ordinal);
        Assert.DoesNotContain("SoftmaxGradient", fused, StringComparison.Ordinal);
        Assert.Contains("output %5, Softmax of %4", fused, StringComparison.Ordinal);
    }

    [Fact]
    public void RemoveUnusedDropsTheGradientOfTheInput()
    {
        OpGraph graph = GradientBuilder.AddBackward(Forward("[Dense(3)]"));

        Assert.Contains("Transpose(%1)", GraphText.Of(graph), StringComparison.Ordinal);
        Assert.DoesNotContain("Transpose", GraphText.Of(new RemoveUnused().Apply(graph)), StringComparison.Ordinal);
    }

    [Fact]
    public void LowerReshapesRepacksTheInputForWhoeverLoadsVectors() => Assert.Equal(
        """
        %0 = Input() : 4 a sample ; input
        %2 = Repack(%0) : 4 a sample ; input Repack
        %1 = Elementwise(%2) then Relu : 4 a sample ; activate1 Forward
        output %1

        """,
        GraphText.Of(new LowerReshapes().Apply(Forward("[Activate(Activation.Relu)]"))));

    [Fact]
    public void NormalizeByBatchTakesTheMomentsOfTheBatchAndAnEffect()
    {
        string text = GraphText.Of(new NormalizeByBatch().Apply(Forward("[BatchNormalization(Scale = false, Center = false)]")));

        Assert.Contains("= BatchMoments(%0) : 3 × 4 a step ; batch_normalization1 Moments", text, StringComparison.Ordinal);
        Assert.Contains("then Standardize : 4 a sample", text, StringComparison.Ordinal);
        Assert.Contains("\neffect %", text, StringComparison.Ordinal);
    }

    [Fact]
    public void NormalizeByMovingAveragesIsOneScaleAndShift()
    {
        string text = GraphText.Of(new NormalizeByMovingAverages().Apply(Forward("[BatchNormalization]")));

        Assert.Contains("= AffineOfStatistics(", text, StringComparison.Ordinal);
        Assert.Contains("then AffineUnits : 4 a sample", text, StringComparison.Ordinal);
        Assert.DoesNotContain("BatchNormalize(", text, StringComparison.Ordinal);
    }

    [Fact]
    public void RoundKernelsRoundsWhatProductsRead() => Assert.Equal(
        """
        %0 = Input() : 4 a sample ; input
        %1 = Parameter() : 4 × 3 a step ; dense1 kernel
        %2 = Parameter() : 3 a step ; dense1 bias
        %5 = RoundKernel(%1) : 4 × 3 a step ; dense1 RoundedKernel
        %3 = Product(%0, %5) : 3 a sample ; dense1 Forward
        %4 = Elementwise(%3, %2) then AddBias : 3 a sample ; dense1 Forward
        output %4

        """,
        GraphText.Of(new RoundKernels(isSingle: true).Apply(Forward("[Dense(3)]"))));

    /// <summary>16 bits are for kernels of a single vector, and only where the kernels are too large for the nearest cache.</summary>
    [Theory]
    [InlineData(true, "[Dense(2048)]", 0)]
    [InlineData(true, "[Dense(2049)]", 1)]
    [InlineData(true, "[Dense(256)] [Dense(17)]", 2)]
    [InlineData(false, "[Dense(256)] [Dense(17)]", 0)]
    [InlineData(true, "[Reshape(2, 2)] [Dense(16)] [Flatten] [Dense(300)]", 1)]
    [InlineData(true, "[Reshape(4, 1)] [LSTM(64)] [Dense(1)]", 2)]
    public void RoundKernelsPairsRowsOfSingleVectors(bool isSingle, string layers, int paired)
    {
        OpGraph graph = new RoundKernels(isSingle).Apply(Forward(layers));

        Assert.Equal(paired, graph.Ops.Count(static op => op.Kind is RoundKernelOp { IsPaired: true }));
        Assert.Equal(
            graph.Ops.Count(static op => op.Kind is ParameterOp { Parameter.Layout: ParameterLayout.Panels }),
            graph.Ops.Count(static op => op.Kind is RoundKernelOp));
    }

    private static OpGraph Forward(string layers) =>
        GraphBuilder.Lower(ShapeInference.Run(ParsedModel.Of($"[Network(4)] {layers} public partial class Net;")).Network!);
}
