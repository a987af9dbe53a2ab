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
    public void FoldAffinePutsAScaleAndShiftIntoTheProductBeforeThem() => Assert.Equal(
        """
        %0 = Input() : 4 a sample ; input
        %1 = Parameter() : 4 × 3 a step ; dense1 kernel
        %2 = Parameter() : 3 a step ; dense1 bias
        %3 = Parameter() : 3 a step ; batch_normalization1 moving_mean
        %4 = Parameter() : 3 a step ; batch_normalization1 moving_variance
        %8 = AffineOfStatistics(%3, %4) : 2 × 3 a step ; batch_normalization1 Affine
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
        %8 = AffineOfStatistics(%1, %2) : 2 × 4 a step ; batch_normalization1 Affine
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
        OpGraph graph = new NormalizeByMovingAverages().Apply(Forward(layers));

        Assert.Equal(GraphText.Of(graph), GraphText.Of(new FoldAffine().Apply(graph)));
    }

    [Fact]
    public void LowerConvolutionsPutsTheZerosAroundAnImage() => Assert.Equal(
        """
        %0 = Input() : 4 × 4 × 2 a sample ; input
        %1 = Parameter() : 18 × 3 a step ; conv2d1 kernel
        %2 = Parameter() : 3 a step ; conv2d1 bias
        %5 = Place(%0) : 6 × 6 × 2 a sample ; conv2d1 ForwardMargins
        %6 = Convolution(%5, %1) : 4 × 4 × 3 a sample ; conv2d1 Forward
        %4 = Elementwise(%6, %2) then AddBias : 4 × 4 × 3 a sample ; conv2d1 Forward
        output %4

        """,
        GraphText.Of(new LowerConvolutions().Apply(Forward("[Conv2D(3, 3, Padding = Padding.Same)]", "4, 4, 2"))));

    [Fact]
    public void LowerConvolutionsMakesAProductOfASingleTap()
    {
        string text = GraphText.Of(new LowerConvolutions().Apply(Forward("[Conv2D(3, 1)]", "4, 4, 2")));

        Assert.Contains("%5 = Product(%0, %1) : 4 × 4 × 3 a sample ; conv2d1 Forward", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Convolution(", text, StringComparison.Ordinal);
    }

    [Fact]
    public void LowerConvolutionsPutsZerosOnceForAllThatReadThem()
    {
        const string Conv = "Conv2D(3, 3, Padding = Padding.Same";
        string text = GraphText.Of(new LowerConvolutions().Apply(
            Forward($"[{Conv}, Name = \"a\")] [{Conv}, From = \"input\", Name = \"b\")] [Add(\"a\", \"b\")]", "4, 4, 2")));

        Assert.Equal(2, text.Split("= Place(").Length);
        Assert.Equal(3, text.Split("= Convolution(").Length);
    }

    [Fact]
    public void LowerConvolutionsTurnsATransposedOneIntoOne()
    {
        OpGraph graph = Forward("[Conv2DTranspose(3, 2, Strides = [2])]", "4, 4, 2");
        string text = GraphText.Of(new LowerConvolutions().Apply(graph));

        Assert.Contains("= TransposedConvolution(", GraphText.Of(graph), StringComparison.Ordinal);
        Assert.DoesNotContain("TransposedConvolution(", text, StringComparison.Ordinal);
        Assert.Contains("= Place(%0) : 9 × 9 × 2 a sample", text, StringComparison.Ordinal);
        Assert.Contains("= FlipKernel(%1) : 8 × 3 a step", text, StringComparison.Ordinal);
        Assert.Matches(@"= Convolution\(%\d+, %\d+\) : 8 × 8 × 3 a sample", text);
    }

    [Fact]
    public void LowerScoresPutsTheStepsOfTheKeysLast()
    {
        OpGraph graph = Forward("[MultiHeadAttention(2, 5)]", "3, 4");
        Op keys = graph[graph.Ops.Single(static op => op.Kind is ScoresOp).Inputs[1]];
        string text = GraphText.Of(new LowerScores().Apply(graph));

        Assert.Contains($"= StepsLast(%{keys.Id}) : 2 × 5 × 3 a sample ; multi_head_attention1 ScoresStepsLast\n", text, StringComparison.Ordinal);
        Assert.Matches(@"(%\d+) = StepsLast\(%\d+\)[^\n]*\n%\d+ = Scores\(%\d+, \1\) : ", text);
    }

    [Fact]
    public void LowerScoresLeavesAGraphWithoutScoresAlone()
    {
        OpGraph graph = Forward("[Dense(3)]");

        Assert.Same(graph, new LowerScores().Apply(graph));
    }

    [Fact]
    public void NormalizeByBatchLeavesAGraphWithoutItAlone()
    {
        OpGraph graph = Forward("[Dense(3)]");

        Assert.Equal(GraphText.Of(graph), GraphText.Of(new NormalizeByBatch().Apply(graph)));
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
    [InlineData(true, "[Reshape(4, 1)] [LSTM(64)] [Dense(1)]", 1)]
    public void RoundKernelsPairsRowsOfSingleVectors(bool isSingle, string layers, int paired)
    {
        OpGraph graph = new RoundKernels(isSingle).Apply(new FoldTransposes().Apply(Forward(layers)));

        Assert.Equal(paired, graph.Ops.Count(static op => op.Kind is RoundKernelOp { IsPaired: true }));
        Assert.Equal(
            graph.Ops.Count(static op => op.Kind is ParameterOp { Parameter.Layout: ParameterLayout.Panels or ParameterLayout.TransposedPanels }),
            graph.Ops.Count(static op => op.Kind is RoundKernelOp));
    }

    [Fact]
    public void KernelsOfFewUnitsAreStoredAsRows() => Assert.Equal(
        """
        %0 = Input() : 14 a sample ; input
        %1 = Parameter() : 1 × 14 a step ; dense1 kernel
        %2 = Transpose(%1) : 14 × 1 a step ; dense1 Transpose
        %3 = Parameter() : 1 a step ; dense1 bias
        %4 = Product(%0, %2) : 1 a sample ; dense1 Forward
        %5 = Elementwise(%4, %3) then AddBias : 1 a sample ; dense1 Forward
        output %5

        """,
        GraphText.Of(Forward("[Dense(1)]", "14")));

    /// <summary>Of no fewer units than half of the inputs, of more than four, under a norm of their columns, and of a cell.</summary>
    [Theory]
    [InlineData("[Dense(1)]", "1")]
    [InlineData("[Dense(4)]", "7")]
    [InlineData("[Dense(5)]", "1000")]
    [InlineData("[Dense(1, KernelConstraint = Constraint.MaxNorm)]", "64")]
    [InlineData("[LSTM(1)]", "3, 64")]
    [InlineData("[Conv1D(1, 3)]", "9, 5")]
    public void OtherKernelsAreStoredAsTheyAre(string layers, string shape) =>
        Assert.DoesNotContain("Transpose(", GraphText.Of(Forward(layers, shape)), StringComparison.Ordinal);

    /// <summary>Fewer inputs than adding up across lanes is worth: the product reads a transposed copy, the gradients none.</summary>
    [Fact]
    public void AProductOfFewInputsReadsATransposedCopy()
    {
        OpGraph graph = new RemoveUnused().Apply(new FoldTransposes().Apply(GradientBuilder.AddBackward(Forward("[Dense(6)] [Dense(3)]"))));
        string text = GraphText.Of(graph);

        Assert.Matches(@"(%\d+) = Parameter\(\) : 3 × 6 a step ; dense2 kernel\n(%\d+) = Transpose\(\1\) : 6 × 3 a step(.*\n)*%\d+ = Product\(%\d+, \2\) : 3 a sample", text);
        Assert.Matches(@"(%\d+) = Parameter\(\) : 3 × 6 a step ; dense2 kernel\n(.*\n)*%\d+ = Product\(%\d+, \1\) : 6 a sample ; dense2 InputGradient\n", text);
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(text, "= Transpose"));
    }

    [Fact]
    public void FoldTransposesTakesThemIntoProductsAndGradients()
    {
        OpGraph graph = new RemoveUnused().Apply(new FoldTransposes().Apply(GradientBuilder.AddBackward(Forward("[Dense(14)] [Dense(1)]"))));
        string text = GraphText.Of(graph);

        Assert.DoesNotContain("Transpose(", text, StringComparison.Ordinal);
        Assert.Matches(@"(%\d+) = Parameter\(\) : 1 × 14 a step ; dense2 kernel\n(.*\n)*%\d+ = TransposedProduct\(%\d+, \1\) : 1 a sample", text);
        Assert.Matches(@"(%\d+) = Loss\(.*\n(.*\n)*%\d+ = Product\(\1, %\d+\) : 14 a sample ; dense2 InputGradient\n", text);
        Assert.Matches(@"(%\d+) = Loss\(.*\n(.*\n)*%\d+ = KernelGradient\(\1, %\d+\) : 1 × 14 a step ; dense2 KernelGradient\n", text);
    }

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
        %14 = LaneProduct(%13, %3, %5) then AddBias : 3 a sample ; dense2 Lanes
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
        OpGraph graph = PassList.ForInference(Forward(layers, shape));

        Assert.Same(graph, new PutSamplesInLanes(sharesKernels: false).Apply(graph));
    }

    /// <summary>A convolution of one tap, a product elsewhere, is one again where its result gets margins.</summary>
    [Fact]
    public void FuseMarginsPutsResultsAmongTheZerosOfTheirOnlyReader()
    {
        string text = GraphText.Of(PassList.ForInference(Forward(
            "[Conv2D(3, 1, Activation.Relu)] [DepthwiseConv2D(3, Padding = Padding.Same)] [Conv2D(2, 3, Padding = Padding.Same)]", "5, 4, 2")));

        Assert.DoesNotContain("= Place(", text, StringComparison.Ordinal);
        Assert.Matches(@"(%\d+) = Convolution\(%0, [^\n]* then AddBias then Relu : 7 × 6 × 3 a sample ; conv2d1 Forward\n(.*\n)*%\d+ = Depthwise\(\1, ", text);
        Assert.Matches(@"(%\d+) = Depthwise\([^\n]* : 7 × 6 × 3 a sample ; depthwise_conv2d1 Forward\n(.*\n)*%\d+ = Convolution\(\1, [^\n]* : 5 × 4 × 2 a sample", text);
    }

    /// <summary>What is given to the network, so narrow that a tile would be, or ends in a step that no convolution runs.</summary>
    [Theory]
    [InlineData("[ZeroPadding2D] [Conv2D(2, 3)]", "5, 5, 2", "= Place(")]
    [InlineData("[Conv2D(2, 1)] [Conv2D(2, 3, Padding = Padding.Same)]", "3, 3, 2", "= Place(")]
    [InlineData("[Conv2D(2, 3, Activation.Tanh)] [Conv2D(2, 3, Padding = Padding.Same)]", "9, 9, 2", "= Place(")]
    public void FuseMarginsKeepsACopyElsewhere(string layers, string shape, string expected) =>
        Assert.Contains(expected, GraphText.Of(PassList.ForInference(Forward(layers, shape))), StringComparison.Ordinal);

    /// <summary>What is left of the rows and columns is not computed; the next convolution's zeros lie around what is pooled.</summary>
    [Fact]
    public void FusePoolingPoolsWhereTheSumsAre()
    {
        string text = GraphText.Of(PassList.ForInference(Forward(
            "[Conv2D(3, 2, Activation.Relu)] [MaxPooling2D(2)] [Conv2D(4, 3, Padding = Padding.Same)] [AveragePooling2D([1, 2])]", "8, 6, 2")));

        Assert.DoesNotContain("= Pool(", text, StringComparison.Ordinal);
        Assert.DoesNotContain("= Place(", text, StringComparison.Ordinal);
        Assert.Contains("then AddBias then Relu then Max of 2 × 2 : 5 × 4 × 3 a sample ; conv2d1 Pooled", text, StringComparison.Ordinal);
        Assert.Contains("then AddBias then Average of 1 × 2 : 3 × 1 × 4 a sample ; conv2d2 Pooled", text, StringComparison.Ordinal);
    }

    /// <summary>Windows that overlap, leave gaps or reach out, blocks of one pixel or many, costly steps, and results that somebody else reads.</summary>
    [Theory]
    [InlineData("[Conv2D(2, 3)] [MaxPooling2D(3, Strides = [2])]")]
    [InlineData("[Conv2D(2, 3)] [MaxPooling2D(2, Strides = [3])]")]
    [InlineData("[Conv2D(2, 3)] [MaxPooling2D(2, Padding = Padding.Same)]")]
    [InlineData("[Conv2D(2, 3)] [AveragePooling2D([3, 2])]")]
    [InlineData("[Conv2D(2, 3, Activation.Relu)] [MaxPooling2D(1)]")]
    [InlineData("[Conv2D(2, 3, Activation.Tanh)] [MaxPooling2D(2)]")]
    [InlineData("[Conv2D(2, 3)] [MaxPooling2D(2, Name = \"a\")] [AveragePooling2D(2, From = \"conv2d1\")] [Add(\"a\", \"average_pooling2d1\")]")]
    public void FusePoolingLeavesOthersAlone(string layers) =>
        Assert.Contains("= Pool(", GraphText.Of(PassList.ForInference(Forward(layers, "9, 9, 2"))), StringComparison.Ordinal);

    /// <summary>A convolution by itself leaves out the rows of taps on zeros: of few deep rows they are more than the pooling takes.</summary>
    [Theory]
    [InlineData("8, 8, 11", false)]
    [InlineData("8, 8, 10", true)]
    [InlineData("16, 8, 21", true)]
    [InlineData("8, 64", true)]
    public void FusePoolingWeighsRowsOfZeros(string shape, bool isFused)
    {
        string axes = shape.Split(',').Length == 3 ? "2D" : "1D";
        OpGraph graph = PassList.ForInference(Forward($"[Conv{axes}(4, 3, Padding = Padding.Same)] [MaxPooling{axes}(2)]", shape));

        Assert.Equal(isFused, !graph.Ops.Any(static op => op.Kind is PoolOp));
    }

    /// <summary>In training too, where the convolution's gradients are those of the pixels that are left.</summary>
    [Fact]
    public void DropUnpooledLeavesOutWhatNoWindowReaches()
    {
        OpGraph forward = PassList.BeforeGradient(Forward("[Conv2D(3, 2, Activation.Tanh)] [MaxPooling2D(2, Strides = [3])]", "8, 6, 2"));

        Assert.Contains("= Convolution(%0, %1) : 5 × 5 × 3 a sample", GraphText.Of(forward), StringComparison.Ordinal);
        Assert.Contains("= Pool(%5) : 2 × 2 × 3 a sample", GraphText.Of(forward), StringComparison.Ordinal);
        Assert.Contains(" : 4 × 5 × 3 a sample ; depthwise_conv2d1", GraphText.Of(PassList.ForInference(
            Forward("[DepthwiseConv2D(2)] [BatchNormalization] [AveragePooling2D([2, 5])]", "6, 9, 3"))), StringComparison.Ordinal);
    }

    /// <summary>What others read, random numbers that depend on the place, statistics of all pixels, and what is no convolution.</summary>
    [Theory]
    [InlineData("[Conv2D(3, 2)] [Dropout(0.5f)] [MaxPooling2D(2)]")]
    [InlineData("[Conv2D(3, 2)] [BatchNormalization] [MaxPooling2D(2)]")]
    [InlineData("[Conv2D(3, 2)] [ActivityRegularization(L2 = 0.1f)] [MaxPooling2D(2)]")]
    [InlineData("[Conv2D(3, 1)] [MaxPooling2D([2, 3])]")]
    [InlineData("[DepthwiseConv2D(1)] [MaxPooling2D(3)]")]
    [InlineData("[MaxPooling2D(2)]")]
    [InlineData("[Conv2D(3, 2)] [MaxPooling2D(2, Padding = Padding.Same)]")]
    public void DropUnpooledLeavesOthersAlone(string layers)
    {
        OpGraph graph = new NormalizeByBatch().Apply(Forward(layers, "8, 8, 2"));

        Assert.Same(graph, new DropUnpooled().Apply(graph));
    }

    private static OpGraph InLanes(string layers) => new PutSamplesInLanes(sharesKernels: false).Apply(PassList.ForInference(Forward(layers)));

    private static string Folded(string layers) => GraphText.Of(new FoldAffine().Apply(new NormalizeByMovingAverages().Apply(Forward(layers))));

    private static OpGraph Forward(string layers, string shape = "4") =>
        GraphBuilder.Lower(ShapeInference.Run(ParsedModel.Of($"[Network({shape})] {layers} public partial class Net;")).Network!);
}
