using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Passes;

namespace Unroll.Generator.Tests.Graph.Passes;

/// <summary>What the passes of any network make of a small graph, as text.</summary>
public sealed class PassTextTests
{
    [Fact]
    public void DropNoiseTakesNoiseOut()
    {
        OpGraph graph = PassGraphs.Forward("[Dense(3)] [Dropout(0.5f)]");

        Assert.Contains("then DropoutStep", GraphText.Of(graph), StringComparison.Ordinal);
        Assert.Equal(
            """
            %0 = Input() : 4 a sample ; input
            %1 = Parameter() : 4 × 3 a step ; dense1 kernel
            %2 = Parameter() : 3 a step ; dense1 bias
            %3 = Contract(%0, %1) [u] = [k] · [k, u] : 3 a sample ; dense1 Forward
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
        GraphText.Of(new FuseElementwise().Apply(PassGraphs.Lowered("[Dense(3, Activation.Relu)]"))));

    [Fact]
    public void FuseElementwiseLeavesCostlyStepsBehindASum()
    {
        string text = GraphText.Of(new FuseElementwise().Apply(PassGraphs.Lowered("[Dense(3, Activation.Tanh)]")));

        Assert.Contains("%5 = Elementwise(%4) then Tanh : 3 a sample", text, StringComparison.Ordinal);
    }

    [Fact]
    public void FuseHeadWithLossLeavesOneGradientAtTheLogits()
    {
        OpGraph graph = GradientBuilder.AddBackward(PassGraphs.Forward("[Dense(3, Activation.Softmax)]"));

        Assert.Contains("= Loss(%5) of output 0 : 3 a sample", GraphText.Of(graph), StringComparison.Ordinal);
        string fused = GraphText.Of(new FuseHeadWithLoss().Apply(graph));
        Assert.Contains("= Loss(%5, %4) of output 0 through Softmax : 3 a sample ; loss Gradient", fused, StringComparison.Ordinal);
        Assert.DoesNotContain("SoftmaxGradient", fused, StringComparison.Ordinal);
        Assert.Contains("output %5, Softmax of %4", fused, StringComparison.Ordinal);
    }

    [Fact]
    public void RemoveUnusedDropsTheGradientOfTheInput()
    {
        OpGraph graph = PassGraphs.Backward("[Dense(3)]");

        Assert.Contains("Transpose(%1)", GraphText.Of(graph), StringComparison.Ordinal);
        Assert.DoesNotContain("Transpose", GraphText.Of(new RemoveUnused().Apply(graph)), StringComparison.Ordinal);
    }

    [Fact]
    public void TheInputIsRepackedForWhoeverLoadsVectors() => Assert.Equal(
        """
        %0 = Input() : 4 a sample ; input
        %2 = Repack(%0) : 4 a sample ; input Repack
        %1 = Elementwise(%2) then Relu : 4 a sample ; activate1 Forward
        output %1

        """,
        GraphText.Of(new RepackOperands().Apply(PassGraphs.Forward("[Activate(Activation.Relu)]"))));

    [Fact]
    public void NormalizeByBatchTakesTheMomentsOfTheBatchAndAnEffect()
    {
        string text = GraphText.Of(new NormalizeByBatch().Apply(PassGraphs.Forward("[BatchNormalization(Scale = false, Center = false)]")));

        Assert.Contains("= BatchMoments(%0) epsilon 0.001 : 3 × 4 a step ; batch_normalization1 Moments", text, StringComparison.Ordinal);
        Assert.Contains("then Standardize : 4 a sample", text, StringComparison.Ordinal);
        Assert.Contains("\neffect %", text, StringComparison.Ordinal);
    }

    [Fact]
    public void NormalizeByMovingAveragesIsOneScaleAndShift()
    {
        string text = GraphText.Of(new NormalizeByMovingAverages().Apply(PassGraphs.Forward("[BatchNormalization]")));

        Assert.Contains("= AffineOfStatistics(", text, StringComparison.Ordinal);
        Assert.Contains("then AffineUnits : 4 a sample", text, StringComparison.Ordinal);
        Assert.DoesNotContain("BatchNormalize(", text, StringComparison.Ordinal);
    }

    [Fact]
    public void FoldAffinePutsAScaleAndShiftIntoTheProductBeforeThem() => Assert.Equal(
        """
        %0 = Input() : 4 a sample ; input
        %1 = Parameter() : 4 × 3 a step ; dense1 kernel
        %2 = Parameter() : 3 a step ; dense1 bias
        %3 = Parameter() : 3 a step ; batch_normalization1 moving_mean
        %4 = Parameter() : 3 a step ; batch_normalization1 moving_variance
        %8 = AffineOfStatistics(%3, %4) epsilon 0.001 : 2 × 3 a step ; batch_normalization1 Affine
        %10 = ScaleKernelColumns(%1, %8) : 4 × 3 a step ; dense1 FoldedKernel
        %11 = ScaleBias(%8, %2) : 3 a step ; dense1 FoldedBias
        %12 = Product(%0, %10) : 3 a sample ; dense1 Forward
        %13 = Elementwise(%12, %11) then AddBias : 3 a sample ; dense1 Forward
        output %13

        """,
        Folded("[Dense(3)] [BatchNormalization(Scale = false, Center = false)]"));

    [Fact]
    public void FoldAffinePutsAScaleAndShiftIntoTheProductAfterThem() => Assert.Equal(
        """
        %0 = Input() : 4 a sample ; input
        %1 = Parameter() : 4 a step ; batch_normalization1 moving_mean
        %2 = Parameter() : 4 a step ; batch_normalization1 moving_variance
        %3 = Parameter() : 4 × 3 a step ; dense1 kernel
        %4 = Parameter() : 3 a step ; dense1 bias
        %8 = AffineOfStatistics(%1, %2) epsilon 0.001 : 2 × 4 a step ; batch_normalization1 Affine
        %10 = ScaleKernelRows(%3, %8) : 4 × 3 a step ; dense1 FoldedKernel
        %11 = ShiftBias(%3, %8, %4) : 3 a step ; dense1 FoldedBias
        %12 = Product(%0, %10) : 3 a sample ; dense1 Forward
        %13 = Elementwise(%12, %11) then AddBias : 3 a sample ; dense1 Forward
        output %13

        """,
        Folded("[BatchNormalization(Scale = false, Center = false)] [Dense(3)]"));

    [Theory]
    [InlineData("[Dense(4, Name = \"a\")] [BatchNormalization(Name = \"b\")] [Add(\"a\", \"b\")]")]
    [InlineData("[BatchNormalization(Name = \"b\")] [Dense(4, Name = \"a\")] [Add(\"a\", \"b\")]")]
    public void FoldAffineLeavesWhatSomebodyElseReads(string layers)
    {
        OpGraph graph = new LowerContractions().Apply(new NormalizeByMovingAverages().Apply(PassGraphs.Forward(layers)));

        Assert.Equal(GraphText.Of(graph), GraphText.Of(new FoldAffine().Apply(graph)));
    }

    [Fact]
    public void LowerScoresPutsTheStepsOfTheKeysLast()
    {
        OpGraph graph = PassGraphs.Lowered("[MultiHeadAttention(2, 5)]", "3, 4");
        Op keys = graph[graph.Ops.Single(static op => op.Kind is ScoresOp).Inputs[1]];
        string text = GraphText.Of(new LowerScores().Apply(graph));

        Assert.Contains($"= StepsLast(%{keys.Id}) : 2 × 5 × 3 a sample ; multi_head_attention1 ScoresStepsLast\n", text, StringComparison.Ordinal);
        Assert.Matches(@"(%\d+) = StepsLast\(%\d+\)[^\n]*\n%\d+ = Scores\(%\d+, \1\) transposed : ", text);
    }

    [Fact]
    public void LowerScoresLeavesAGraphWithoutScoresAlone()
    {
        OpGraph graph = PassGraphs.Forward("[Dense(3)]");

        Assert.Same(graph, new LowerScores().Apply(graph));
    }

    [Fact]
    public void NormalizeByBatchLeavesAGraphWithoutItAlone()
    {
        OpGraph graph = PassGraphs.Forward("[Dense(3)]");

        Assert.Equal(GraphText.Of(graph), GraphText.Of(new NormalizeByBatch().Apply(graph)));
    }

    private static string Folded(string layers) => GraphText.Of(new FoldAffine().Apply(new LowerContractions().Apply(new NormalizeByMovingAverages().Apply(PassGraphs.Forward(layers)))));
}
