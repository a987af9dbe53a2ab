using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Loops;
using Unroll.Generator.Graph.Passes;
using Unroll.Generator.Planning;
using Unroll.Generator.Tests.Graph;
using Unroll.Generator.Tests.Graph.Passes;

namespace Unroll.Generator.Tests.Planning;

public sealed class LayoutPlannerTests
{
    /// <summary>Rows of whole cache lines are as the caller has them already; those 1 KiB apart are so in a training block only. There are four passes: inference, that of a single sample, that which keeps every value, and training.</summary>
    [Theory]
    [InlineData("784", 0)]
    [InlineData("3, 16", 0)]
    [InlineData("12", 4)]
    [InlineData("3, 5", 4)]
    [InlineData("256", 2)]
    public void TheInputIsCopiedOnlyIntoAnotherLayout(string input, int copies)
    {
        GeneratorOutcome outcome = GeneratorHarness.Run(GeneratorHarness.InShop(
            $"[Network({input})] [Rescaling(0.5f)] [Dense(8)] public partial class Net;"));

        string schedule = outcome.Sources.Single(static source => source.HintName.EndsWith("Schedule.g.cs", StringComparison.Ordinal))
            .SourceText.ToString();
        Assert.Empty(outcome.Reported);
        Assert.Equal(copies, schedule.Split("VectorCopy.Repack(").Length - 1);
    }

    [Fact]
    public void AnOutputIsNeverTheCallersInput()
    {
        GeneratorOutcome outcome = GeneratorHarness.Run(GeneratorHarness.InShop("[Network(16)] [Dropout(0.5f)] public partial class Net;"));

        Assert.Contains(outcome.Sources, static source => source.SourceText.ToString().Contains("VectorCopy.Repack(", StringComparison.Ordinal));
    }

    /// <summary>Vectors are padded to 16 floats, and one a multiple of 1 KiB long gets another cache line; what nothing is done to is shown.</summary>
    [Theory]
    [InlineData("[Dense(5)]", "3", "dense1", "1 × 5 every 16")]
    [InlineData("[Dense(256)]", "3", "dense1", "1 × 256 every 272")]
    [InlineData("[Dense(256)]", "3, 2", "dense1", "3 × 256 every 256")]
    [InlineData("[Dense(32)] [Reshape(2, 16)]", "3", "reshape1", "2 × 16 every 16, shown")]
    [InlineData("[Dense(20)] [Reshape(2, 10)]", "3", "reshape1", "2 × 10 every 16")]
    [InlineData("[Reshape(2, 2)] [Dense(3)]", "4", "reshape1", "2 × 2 every 2, shown")]
    [InlineData("[LSTM(5)]", "3, 2", "lstm1", "1 × 5 every 16, shown")]
    [InlineData("[LSTM(5, ReturnSequences = true)]", "3, 2", "lstm1", "3 × 5 every 16")]
    public void EveryValueHasALayout(string layers, string shape, string layer, string expected)
    {
        OpGraph graph = PassList.ForInference(PassGraphs.Forward(layers, shape));
        IReadOnlyDictionary<int, Layout> layouts = LayoutPlanner.Plan(graph, inputFromCaller: true);

        Layout layout = layouts[graph.Ops.Last(op => op.Label.Layer == layer && op.Scope == OpScope.Sample).Id];
        Assert.Equal(expected, $"{layout.Vectors} × {layout.Columns} every {layout.Stride}{(layout.Shows is null ? "" : ", shown")}");
    }

    /// <summary>An input is packed where the caller has it; copied into a block it is too, but where a block's rows would lie the same.</summary>
    [Theory]
    [InlineData("3", true, 3)]
    [InlineData("3", false, 3)]
    [InlineData("16", false, 16)]
    [InlineData("256", true, 256)]
    [InlineData("256", false, 272)]
    public void TheInputLiesAsItComesOrAsABlockHasIt(string shape, bool isFromCaller, int stride)
    {
        OpGraph graph = PassList.ForInference(PassGraphs.Forward("[Dense(2)]", shape));

        Assert.Equal(stride, LayoutPlanner.Plan(graph, isFromCaller)[graph.Ops.Single(static op => op.Kind is InputOp).Id].Stride);
    }

    /// <summary>Whatever makes a kernel, products read it in panels, and products over lanes read lanes, in every graph; what has neither lies in vectors.</summary>
    [Fact]
    public void KernelsLieInPanelsAndSamplesInLanes()
    {
        int panels = 0;
        int lanes = 0;
        foreach (OpGraph graph in EveryOperation.Graphs)
        {
            IReadOnlyDictionary<int, Layout> layouts = LayoutPlanner.Plan(graph, inputFromCaller: false);
            foreach (Op op in graph.Ops)
            {
                int[] kernels = op.Kind switch
                {
                    ProductOp or TransposedProductOp or ConvolutionOp or LaneProductOp => [op.Inputs[1]],
                    LoopOp loop => [.. loop.Body.Cell.OfType<CellProduct>().Select(product => op.Inputs[product.Weights])],
                    KernelGradientOp or ConvolutionKernelGradientOp => [op.Id],
                    _ => [],
                };
                Assert.All(kernels, kernel => Assert.Equal(Arrangement.Panels, layouts[kernel].Arrangement));
                panels += kernels.Length;
                if (op.Kind is LaneProductOp or LaneStepsOp or LaneSoftmaxOp or LanesToRowsOp)
                {
                    Assert.Equal(Arrangement.Lanes, layouts[op.Inputs[0]].Arrangement);
                    lanes++;
                }
                else if (op is { Scope: OpScope.Sample, Kind: ElementwiseOp or SoftmaxOp or DepthwiseOp or PoolOp })
                {
                    Assert.All(op.Inputs.Append(op.Id), value => Assert.Equal(Arrangement.Vectors, layouts[value].Arrangement));
                }
            }
        }

        Assert.True(panels > 0 && lanes > 0);
    }
}
