using Unroll.Generator.Graph;
using Unroll.Generator.Planning;
using Unroll.Generator.Shapes;

namespace Unroll.Generator.Tests.Planning;

/// <summary>What a plan expects operations to take, of which the header of the generated schedule tells the shares.</summary>
public sealed class KernelCostTests
{
    /// <summary>Over the same pixels, a wider window takes as many times longer as it has more taps, nearly.</summary>
    [Theory]
    [InlineData("Conv2D(16, {0}, Padding = Padding.Same)", typeof(ConvolutionOp))]
    [InlineData("DepthwiseConv2D({0}, Padding = Padding.Same)", typeof(DepthwiseOp))]
    public void TheTapsOfAWindowCount(string layer, Type kind)
    {
        double narrow = Cycles(string.Format(System.Globalization.CultureInfo.InvariantCulture, layer, 3), kind);
        double wide = Cycles(string.Format(System.Globalization.CultureInfo.InvariantCulture, layer, 9), kind);

        Assert.InRange(wide / narrow, 6, 9);
    }

    private static double Cycles(string layer, Type kind)
    {
        ShapedNetwork network = ShapeInference.Run(ParsedModel.Of($"[Network(20, 20, 16)] [{layer}] [Flatten] [Dense(2)] public partial class Net;")).Network!;
        var graphs = NetworkGraphs.Of(network, CancellationToken.None);
        var plan = NetworkPlan.Plan(network, graphs.Forward, graphs.Blocks, graphs.Single, graphs.Observed, graphs.Training, graphs.Stream);
        return KernelCost.CyclesABlock(plan.Training, plan.Training.Graph.Ops.First(op => op.Kind.GetType() == kind), SimdMachine.WidestFirst[0]) / plan.Training.Buffers.BlockSamples;
    }
}
