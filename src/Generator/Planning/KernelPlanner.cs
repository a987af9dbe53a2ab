using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Planning;

/// <summary>Decides for every operation how it is computed on every machine.</summary>
internal static class KernelPlanner
{
    // A multiple of every machine's tile rows, so that only the last part of a kernel gradient has a tail.
    private const int PartRows = 48;

    public static KernelPlan Plan(OpGraph graph, Op op, BufferPlan buffers) => op.Kind switch
    {
        ProductOp product => PlanProduct(graph, op, product, buffers),
        KernelGradientOp gradient => PlanKernelGradient(graph, op, gradient, buffers),
        BatchSumOp sum => PlanBatchSum(graph, op, sum, buffers),
        ElementwiseOp elementwise => new ElementwisePlan(buffers[op.Id].Stride, elementwise.Steps),
        SoftmaxOp => new SoftmaxPlan(op.Shape.Last),
        SoftmaxGradientOp => new SoftmaxGradientPlan(op.Shape.Last),
        LossOp loss => new LossPlan(loss.Head, HeadGradient(loss, op)),
        TransposeOp => new TransposePlan(op.Shape[1], op.Shape[0]),
        RepackOp or ReshapeOp => PlanCopy(op, buffers),
        _ => throw new InvalidOperationException($"no kernel for {op.Kind.GetType().Name}"),
    };

    private static ProductPlan PlanProduct(OpGraph graph, Op op, ProductOp product, BufferPlan buffers)
    {
        Op kernel = graph[op.Inputs[1]];
        return new ProductPlan(
            kernel.Shape[0], kernel.Shape[1], buffers[op.Inputs[0]].Stride, product.Steps, TilesFor(kernel.Shape[1]));
    }

    private static KernelGradientPlan PlanKernelGradient(OpGraph graph, Op op, KernelGradientOp gradient, BufferPlan buffers) => new(
        op.Shape[0],
        op.Shape[1],
        buffers[op.Inputs[0]].Stride,
        buffers.BlockSamples * graph[op.Inputs[0]].Shape.Vectors,
        buffers.BlockFloats,
        PartRows,
        gradient.Steps,
        TilesFor(op.Shape[1]));

    private static BatchSumPlan PlanBatchSum(OpGraph graph, Op op, BatchSumOp sum, BufferPlan buffers) => new(
        op.Shape.Last,
        buffers.BlockSamples * graph[op.Inputs[0]].Shape.Vectors,
        buffers.BlockFloats,
        sum.Steps,
        SimdMachine.WidestFirst.Select(machine => ColumnTile(machine, op.Shape.Last)).ToEquatableArray());

    private static KernelPlan PlanCopy(Op op, BufferPlan buffers)
    {
        ValueBuffer x = buffers[op.Inputs[0]];
        ValueBuffer y = buffers[op.Id];
        return x.Arena == y.Arena && x.Offset == y.Offset
            ? new ViewPlan()
            : new CopyPlan(checked((int)op.Shape.Size), x.Columns, x.Stride, y.Columns, y.Stride);
    }

    private static KernelPlan? HeadGradient(LossOp loss, Op op) => loss.Head switch
    {
        Activation.Softmax => new SoftmaxGradientPlan(op.Shape.Last),
        Activation head => new ElementwisePlan(
            PanelLayout.Pad(op.Shape.Last), new EquatableArray<ElementwiseStep>([new ActivateGradient(head)])),
        null => null,
    };

    private static EquatableArray<Tile> TilesFor(int units) => SimdMachine.WidestFirst
        .Select(machine => TileOf(machine, units, machine.TileRows, machine.TileVectors))
        .ToEquatableArray();

    // Each column is one chain of additions: enough of them side by side hide the adder's latency.
    private static Tile ColumnTile(SimdMachine machine, int units) => TileOf(machine, units, rows: 1, vectors: 8);

    private static Tile TileOf(SimdMachine machine, int units, int rows, int vectors)
    {
        int total = PanelLayout.Pad(units) / machine.Lanes;
        int used = Math.Min(vectors, total);
        return new Tile(machine, rows, used, total % used);
    }
}
