using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Contractions;
using Unroll.Generator.Graph.Passes;
using Unroll.Generator.Lowering;
using Unroll.Generator.Shapes;
using Unroll.Generator.Tests.Graph.Passes;

namespace Unroll.Generator.Tests.Graph;

/// <summary>What operations with kernels take is what the contractions take that they come from.</summary>
public sealed class OperationCostTests
{
    /// <summary>
    /// Every contraction, forward and by the kernel, becomes an operation of as many multiply-adds. (That by an image is a convolution over
    /// margins, which has more.)
    /// </summary>
    [Theory]
    [InlineData("[Dense(3)] [Dense(70)]", "4")]
    [InlineData("[Dense(3)] [Dense(2)]", "5, 4")]
    [InlineData("[Conv2D(3, [3, 2], Strides = [2], Padding = Padding.Same)] [Conv2D(2, 1)] [DepthwiseConv2D(2, DepthMultiplier = 2)]", "9, 8, 2")]
    [InlineData("[Conv1D(3, 2, Dilation = [3])] [MultiHeadAttention(2, 3, ValueDim = 5)]", "9, 4")]
    public void AKernelTakesThePointsOfItsContraction(string layers, string shape) =>
        AssertKeptByKernels(GradientBuilder.AddBackward(PassGraphs.Forward(layers, shape)));

    /// <summary>At each of 5 steps of a sample, those of gradients by kernels too, which belong to no step.</summary>
    [Fact]
    public void AKernelOfEachStepTakesThePointsOfItsContractionAtEach()
    {
        OpGraph stated = GradientBuilder.AddBackward(GraphBuilder.Lower(ShapeInference.Run(ParsedModel.Of(
            "[Network(5, 6, 2)] [TimeDistributed<Body>] public partial class Net; [Block] [Conv1D(3, 2)] [Dense(4)] class Body;")).Network!));

        Assert.Equal(
            [5 * 5 * (3 * 4), 5 * 5 * (2 * 2 * 3)],
            stated.Ops.Where(static op => op.Label.Role == "KernelGradient").Select(stated.MultiplyAddsOf));
        AssertKeptByKernels(stated);
    }

    /// <summary>Under few units samples are lanes, or sums run along the inputs; where a kernel pools, it computes all sums of a block.</summary>
    [Theory]
    [InlineData("[Dense(16)] [Dense(3)]", "4", (4 * 16) + (16 * 3))]
    [InlineData("[Dense(64)] [Dense(1)]", "70", (70 * 64) + 64)]
    [InlineData("[Conv2D(8, 3)] [MaxPooling2D(2)] [Flatten] [Dense(10)]", "10, 10, 2", (8 * 8 * 18 * 8) + (4 * 4 * 8 * 10))]
    public void PassesKeepTheProductsOfInference(string layers, string shape, long expected)
    {
        OpGraph forward = PassGraphs.Forward(layers, shape);
        OpGraph inference = PassList.ForBlocks(PassList.ForInference(forward), default);

        Assert.Equal(expected, forward.Ops.Sum(forward.MultiplyAddsOf));
        Assert.Equal(expected, inference.Ops.Sum(inference.MultiplyAddsOf));
        Assert.DoesNotContain(inference.Ops, static op => op.Kind is PoolOp);
    }

    private static void AssertKeptByKernels(OpGraph stated)
    {
        OpGraph lowered = new LowerContractions().Apply(stated);

        Op[] contractions = [.. stated.Ops.Where(static op => op.Kind is ContractOp { Result: not 0 })];
        Assert.NotEmpty(contractions);
        Assert.All(contractions, contraction =>
        {
            Assert.IsNotType<ContractOp>(lowered[contraction.Id].Kind);
            Assert.Equal(stated.MultiplyAddsOf(contraction), lowered.MultiplyAddsOf(lowered[contraction.Id]));
        });
    }
}
