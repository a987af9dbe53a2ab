using Unroll.Generator.Graph;

namespace Unroll.Generator.Planning;

/// <summary>Decides how depthwise convolutions and the gradients of their kernels are computed.</summary>
internal static class DepthwisePlanner
{
    public static DepthwisePlan Plan(OpGraph graph, Op op, DepthwiseOp depthwise, BufferPlan buffers)
    {
        WindowGeometry geometry = ConvolutionPlanner.Geometry(graph, depthwise, depthwise.Window, op, buffers);
        return new DepthwisePlan(geometry, depthwise.Steps, TileChooser.ForChannels(geometry.Y.Columns, PanelLayout.Computed(geometry.X.Channels)));
    }

    public static DepthwiseKernelGradientPlan Plan(OpGraph graph, DepthwiseKernelGradientOp gradient, Op op, BufferPlan buffers) => new(
        ConvolutionPlanner.Geometry(graph, gradient.Window, op.Inputs[1], op.Inputs[0], buffers),
        gradient.Steps);
}
