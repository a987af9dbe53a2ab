using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Passes;

namespace Unroll.Generator.Tests.Graph.Passes;

/// <summary>What the passes of convolutions and poolings make of a small graph, as text.</summary>
public sealed class ConvolutionPassTextTests
{
    [Fact]
    public void LowerContractionsPutsTheZerosAroundAnImage() => Assert.Equal(
        """
        %0 = Input() : 4 × 4 × 2 a sample ; input
        %1 = Parameter() : 18 × 3 a step ; conv2d1 kernel
        %2 = Parameter() : 3 a step ; conv2d1 bias
        %5 = Place(%0) rows from 1 columns from 1 : 6 × 6 × 2 a sample ; conv2d1 ForwardMargins
        %3 = Convolution(%5, %1) under 3 × 3 : 4 × 4 × 3 a sample ; conv2d1 Forward
        %4 = Elementwise(%3, %2) then AddBias : 4 × 4 × 3 a sample ; conv2d1 Forward
        output %4

        """,
        GraphText.Of(PassGraphs.Lowered("[Conv2D(3, 3, Padding = Padding.Same)]", "4, 4, 2")));

    [Fact]
    public void LowerContractionsMakesAProductOfASingleTap()
    {
        string text = GraphText.Of(PassGraphs.Lowered("[Conv2D(3, 1)]", "4, 4, 2"));

        Assert.Contains("%3 = Product(%0, %1) : 4 × 4 × 3 a sample ; conv2d1 Forward", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Convolution(", text, StringComparison.Ordinal);
    }

    [Fact]
    public void LowerContractionsPutsZerosOnceForAllThatReadThem()
    {
        const string Conv = "Conv2D(3, 3, Padding = Padding.Same";
        string text = GraphText.Of(PassGraphs.Lowered(
            $"[{Conv}, Name = \"a\")] [{Conv}, From = \"input\", Name = \"b\")] [Add(\"a\", \"b\")]", "4, 4, 2"));

        Assert.Equal(2, text.Split("= Place(").Length);
        Assert.Equal(3, text.Split("= Convolution(").Length);
    }

    [Fact]
    public void LowerContractionsTurnsATransposedOneIntoOne()
    {
        OpGraph graph = PassGraphs.Forward("[Conv2DTranspose(3, 2, Strides = [2])]", "4, 4, 2");
        string text = GraphText.Of(new LowerContractions().Apply(graph));

        Assert.Contains("= Contract(%1, %0) [o0 * 2 + k0, o1 * 2 + k1, c] = [k0 * 6 + k1 * 3 + c, u] · [o0, o1, u] : 8 × 8 × 3 a sample", GraphText.Of(graph), StringComparison.Ordinal);
        Assert.Contains("= Place(%0) rows from 1 by 2 columns from 1 by 2 : 9 × 9 × 2 a sample", text, StringComparison.Ordinal);
        Assert.Contains("= FlipKernel(%1) of 4 taps : 8 × 3 a step", text, StringComparison.Ordinal);
        Assert.Matches(@"= Convolution\(%\d+, %\d+\) under 2 × 2 : 8 × 8 × 3 a sample", text);
    }

    [Fact]
    public void FuseMarginsWritesAConvolutionAmongZeros() => Assert.Equal(
        """
        %0 = Input() : 5 × 6 × 2 a sample ; input
        %1 = Parameter() : 8 × 3 a step ; conv2d1 kernel
        %2 = Parameter() : 27 × 2 a step ; conv2d2 kernel
        %5 = Convolution(%0, %1) under 2 × 2 among 1 + 1 rows and 1 + 1 columns of zeros : 6 × 7 × 3 a sample ; conv2d1 Forward
        %4 = Convolution(%5, %2) under 3 × 3 : 4 × 5 × 2 a sample ; conv2d2 Forward
        output %4

        """,
        GraphText.Of(new FuseMargins().Apply(PassGraphs.Lowered(
            "[Conv2D(3, 2, UseBias = false)] [Conv2D(2, 3, Padding = Padding.Same, UseBias = false)]", "5, 6, 2"))));

    /// <summary>A convolution of one tap, a product elsewhere, is one again where its result gets margins.</summary>
    [Fact]
    public void FuseMarginsPutsResultsAmongTheZerosOfTheirOnlyReader()
    {
        string text = GraphText.Of(PassList.ForInference(PassGraphs.Forward(
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
        Assert.Contains(expected, GraphText.Of(PassList.ForInference(PassGraphs.Forward(layers, shape))), StringComparison.Ordinal);

    [Fact]
    public void FusePoolingHasAConvolutionPoolItsResult() => Assert.Equal(
        """
        %0 = Input() : 5 × 7 × 2 a sample ; input
        %1 = Parameter() : 8 × 3 a step ; conv2d1 kernel
        %3 = Convolution(%0, %1) under 2 × 2 then Max of 2 × 2 : 2 × 3 × 3 a sample ; conv2d1 Pooled
        output %3

        """,
        GraphText.Of(new FusePooling().Apply(PassGraphs.Lowered("[Conv2D(3, 2, UseBias = false)] [MaxPooling2D(2)]", "5, 7, 2"))));

    /// <summary>What is left of the rows and columns is not computed; the next convolution's zeros lie around what is pooled.</summary>
    [Fact]
    public void FusePoolingPoolsWhereTheSumsAre()
    {
        string text = GraphText.Of(PassList.ForInference(PassGraphs.Forward(
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
        Assert.Contains("= Pool(", GraphText.Of(PassList.ForInference(PassGraphs.Forward(layers, "9, 9, 2"))), StringComparison.Ordinal);

    /// <summary>A convolution by itself leaves out the rows of taps on zeros: of few deep rows they are more than the pooling takes.</summary>
    [Theory]
    [InlineData("8, 8, 11", false)]
    [InlineData("8, 8, 10", true)]
    [InlineData("16, 8, 21", true)]
    [InlineData("8, 64", true)]
    public void FusePoolingWeighsRowsOfZeros(string shape, bool isFused)
    {
        string axes = shape.Split(',').Length == 3 ? "2D" : "1D";
        OpGraph graph = PassList.ForInference(PassGraphs.Forward($"[Conv{axes}(4, 3, Padding = Padding.Same)] [MaxPooling{axes}(2)]", shape));

        Assert.Equal(isFused, !graph.Ops.Any(static op => op.Kind is PoolOp));
    }

    /// <summary>In training too, where the convolution's gradients are those of the pixels that are left.</summary>
    [Fact]
    public void DropUnpooledLeavesOutWhatNoWindowReaches()
    {
        OpGraph forward = PassList.BeforeGradient(PassGraphs.Forward("[Conv2D(3, 2, Activation.Tanh)] [MaxPooling2D(2, Strides = [3])]", "8, 6, 2"));

        Assert.Contains("= Contract(%0, %1) [o0, o1, u] = [o0 + k0, o1 + k1, c] · [k0 * 4 + k1 * 2 + c, u] : 5 × 5 × 3 a sample", GraphText.Of(forward), StringComparison.Ordinal);
        Assert.Contains("= Pool(%5) Max under 2 by 3 × 2 by 3 : 2 × 2 × 3 a sample", GraphText.Of(forward), StringComparison.Ordinal);
        Assert.Contains(" : 4 × 5 × 3 a sample ; depthwise_conv2d1", GraphText.Of(PassList.ForInference(
            PassGraphs.Forward("[DepthwiseConv2D(2)] [BatchNormalization] [AveragePooling2D([2, 5])]", "6, 9, 3"))), StringComparison.Ordinal);
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
        OpGraph graph = new NormalizeByBatch().Apply(PassGraphs.Forward(layers, "8, 8, 2"));

        Assert.Same(graph, new DropUnpooled().Apply(graph));
    }
}
