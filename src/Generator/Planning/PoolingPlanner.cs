using Unroll.Generator.Graph;

namespace Unroll.Generator.Planning;

/// <summary>Sizes and strides of poolings.</summary>
internal static class PoolingPlanner
{
    public static PoolPlan Plan(OpGraph graph, Op op, PoolOp pool, BufferPlan buffers) =>
        new(pool.Pooling, ConvolutionPlanner.Geometry(graph, pool.Window, op.Inputs[0], op.Id, buffers));

    public static PoolGradientPlan Plan(OpGraph graph, Op op, PoolGradientOp pool, BufferPlan buffers) =>
        new(pool.Pooling, ConvolutionPlanner.Geometry(graph, pool.Window, op.Id, op.Inputs[0], buffers));

    public static GlobalPoolPlan Plan(OpGraph graph, Op op, GlobalPoolOp pool, BufferPlan buffers) => new(
        pool.Pooling, graph[op.Inputs[0]].Shape.Vectors, op.Shape.Last, buffers[op.Inputs[0]].Stride, buffers[op.Id].Stride);

    public static GlobalPoolGradientPlan Plan(Op op, GlobalPoolGradientOp pool, BufferPlan buffers) => new(
        pool.Pooling, op.Shape.Vectors, op.Shape.Last, buffers[op.Id].Stride, buffers[op.Inputs[0]].Stride);
}
