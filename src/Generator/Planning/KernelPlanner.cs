using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Loops;
using Unroll.Generator.Model;

namespace Unroll.Generator.Planning;

/// <summary>Decides for every operation how it is computed on every machine.</summary>
internal static class KernelPlanner
{
    // Rows of so many samples that the nearest cache holds what a tile reads of them, and the nearest table of translations (TLB) the 4 KiB
    // pages they lie in: 72 on AMD's Zen 4, 96 on Intel's Golden Cove.
    private const int MostChunkVectors = 64;
    private const int LeastChunkVectors = 16;
    private const int ChunkFloats = 72 * 1024;

    public static KernelPlan Plan(OpGraph graph, Op op, BufferPlan buffers) => op.Kind switch
    {
        ProductOp product => PlanProduct(graph, op, product, buffers),
        TransposedProductOp product => PlanTransposedProduct(graph, op, product, buffers),
        LaneProductOp product => PlanLaneProduct(graph[op.Inputs[1]].Shape, product),
        LaneStepsOp steps => new ElementwisePlan(1, SampleLanes.Group * op.Shape.Last, SampleLanes.Group * op.Shape.Last, steps.Steps),
        KernelGradientOp gradient => PlanKernelGradient(graph, op, gradient, buffers),
        ConvolutionOp convolution => ConvolutionPlanner.Plan(graph, op, convolution, buffers),
        ConvolutionKernelGradientOp gradient => ConvolutionPlanner.Plan(graph, op, gradient, buffers),
        DepthwiseOp depthwise => DepthwisePlanner.Plan(graph, op, depthwise, buffers),
        DepthwiseKernelGradientOp gradient => DepthwisePlanner.Plan(graph, gradient, op, buffers),
        PoolOp pool => PoolingPlanner.Plan(graph, op, pool, buffers),
        PoolGradientOp pool => PoolingPlanner.Plan(graph, op, pool, buffers),
        GlobalPoolOp pool => PoolingPlanner.Plan(graph, op, pool, buffers),
        GlobalPoolGradientOp pool => PoolingPlanner.Plan(op, pool, buffers),
        ScoresOp scores => HeadProductPlanner.Plan(op, scores, buffers),
        MixOp mix => HeadProductPlanner.Plan(graph, op, mix, buffers),
        BatchSumOp sum => PlanBatchSum(graph, op, sum, buffers),
        BatchMomentsOp moments => PlanMoments(op, moments, buffers),
        BatchProjectionsOp => PlanProjections(op, buffers),
        ElementwiseOp elementwise => PlanElementwise(op, elementwise.Steps, buffers),
        SoftmaxOp => new SoftmaxPlan(op.Shape.Last, buffers[op.Id].Stride, Logarithm: false),
        SoftmaxGradientOp => new SoftmaxGradientPlan(op.Shape.Last, buffers[op.Id].Stride, Logarithm: false),
        LogSoftmaxOp => new SoftmaxPlan(op.Shape.Last, buffers[op.Id].Stride, Logarithm: true),
        LogSoftmaxGradientOp => new SoftmaxGradientPlan(op.Shape.Last, buffers[op.Id].Stride, Logarithm: true),
        LayerStandardizeOp standardize => new LayerStandardizePlan(op.Shape.Last, buffers[op.Id].Stride, standardize.Epsilon),
        LayerStandardizeGradientOp standardize => new LayerStandardizeGradientPlan(op.Shape.Last, buffers[op.Id].Stride, standardize.Epsilon),
        LossOp loss => new LossPlan(loss.Head, HeadGradient(loss, op, buffers)),
        TransposeOp => new TransposePlan(op.Shape[1], op.Shape[0]),
        LoopOp loop => LoopPlanner.Plan(graph, op, loop.Body, buffers),
        LoopValueOp => LoopPlanner.PlanValue(op, buffers),
        RepackOp or ReshapeOp or WhenOp or HoldOp => PlanCopy(op, buffers),
        ClockOp clock => CallPlanner.Call("StreamClock.Count", buffers[op.Id].SampleStride, clock.Period, clock.First),
        _ => CallPlanner.Plan(graph, op, buffers),
    };

    // Whole vectors of the narrowest machine, so that values of nearly as many columns share a kernel.
    private static ElementwisePlan PlanElementwise(Op op, EquatableArray<ElementwiseStep> steps, BufferPlan buffers)
    {
        int whole = PanelLayout.Vectors(op.Shape.Last, SimdMachine.Vector128) * SimdMachine.Vector128.Lanes;
        return new ElementwisePlan(
            op.Shape.Vectors, op.Shape.Vectors == 1 ? PanelLayout.Pad(whole) : PanelLayout.Computed(whole), buffers[op.Id].Stride, steps);
    }

    private static ProductPlan PlanProduct(OpGraph graph, Op op, ProductOp product, BufferPlan buffers)
    {
        Op kernel = graph[op.Inputs[1]];
        int rows = buffers.VectorsOfBlock(op.Id);
        return new ProductPlan(
            kernel.Shape[0],
            kernel.Shape[1],
            buffers[op.Inputs[0]].Stride,
            buffers[op.Id].Stride,
            buffers.KernelsAreFar ? rows : 0,
            product.Steps,
            TileChooser.ForSamples(rows, buffers.BlockSamples, PanelLayout.Computed(kernel.Shape[1]), kernel.Shape[0]));
    }

    private static TransposedProductPlan PlanTransposedProduct(OpGraph graph, Op op, TransposedProductOp product, BufferPlan buffers)
    {
        Shape kernel = graph[op.Inputs[1]].Shape;
        return new TransposedProductPlan(
            kernel[1],
            kernel[0],
            buffers[op.Inputs[0]].Stride,
            buffers[op.Id].Stride,
            product.Steps,
            TileChooser.ForSums(buffers.VectorsOfBlock(op.Id), kernel[0]));
    }

    private static LaneProductPlan PlanLaneProduct(Shape kernel, LaneProductOp product)
    {
        (int inputs, int units) = product.IsTransposed ? (kernel[1], kernel[0]) : (kernel[0], kernel[1]);
        return new LaneProductPlan(inputs, units, product.IsTransposed, product.Steps, TileChooser.ForLanes(units, inputs));
    }

    private static KernelGradientPlan PlanKernelGradient(OpGraph graph, Op op, KernelGradientOp gradient, BufferPlan buffers)
    {
        int rowFloats = buffers[op.Inputs[0]].Stride + buffers[op.Inputs[1]].Stride;
        int near = MostChunkVectors;
        while (near > LeastChunkVectors && near * rowFloats > ChunkFloats)
        {
            near /= 2;
        }

        return new KernelGradientPlan(
            op.Shape[0],
            op.Shape[1],
            buffers[op.Inputs[0]].Stride,
            buffers[op.Inputs[1]].Stride,
            near,
            MostChunkVectors,
            gradient.Steps,
            TileChooser.ForKernelGradient(op.Shape[0], PanelLayout.Computed(op.Shape[1]), near))
        {
            ClearsPadding = gradient.ClearsPadding && op.Shape.Last % PanelLayout.Width != 0,
        };
    }

    // A parameter as large as a sample is summed as if a sample were one long vector.
    private static BatchSumPlan PlanBatchSum(OpGraph graph, Op op, BatchSumOp sum, BufferPlan buffers)
    {
        Op dy = graph[op.Inputs[0]];
        bool isPerSample = op.Shape.Vectors > 1;
        int units = isPerSample ? buffers[dy.Id].SampleStride : op.Shape.Last;
        int vectors = isPerSample ? 1 : buffers[dy.Id].Vectors;
        int stride = isPerSample ? units : buffers[dy.Id].Stride;
        return new BatchSumPlan(units, stride, PartialVectors(buffers, dy, vectors), sum.Steps, TileChooser.ForColumns(PanelLayout.Computed(units)));
    }

    // What is folded holds a multiple of so many samples, so that where it ends changes no sum.
    private static int PartialVectors(BufferPlan buffers, Op dy, int vectors) =>
        Math.Min(buffers.BlockSamples, BufferPlan.NearSamples) * dy.PerSample * vectors;

    private static BatchMomentsPlan PlanMoments(Op op, BatchMomentsOp moments, BufferPlan buffers) => new(
        op.Shape.Last,
        buffers[op.Inputs[0]].Stride,
        buffers.VectorsOfBlock(op.Inputs[0]),
        moments.Epsilon,
        TileChooser.ForColumns(PanelLayout.Pad(op.Shape.Last)));

    private static BatchProjectionsPlan PlanProjections(Op op, BufferPlan buffers) => new(
        op.Shape.Last,
        buffers[op.Inputs[0]].Stride,
        buffers.VectorsOfBlock(op.Inputs[0]),
        TileChooser.ForColumns(PanelLayout.Pad(op.Shape.Last)));

    private static KernelPlan PlanCopy(Op op, BufferPlan buffers)
    {
        ValueBuffer x = buffers[op.Inputs[0]];
        ValueBuffer y = buffers[op.Id];
        return y.Layout.Shows is not null
            ? new ViewPlan()
            : CallPlanner.Call("VectorCopy.Repack", checked((int)op.Shape.Size * op.PerSample), x.Columns, x.Stride, y.Columns, y.Stride) with { OfWholeSamples = true };
    }

    private static KernelPlan? HeadGradient(LossOp loss, Op op, BufferPlan buffers) => loss.Head switch
    {
        Activation.Softmax => new SoftmaxGradientPlan(op.Shape.Last, buffers[op.Id].Stride, Logarithm: false),
        Activation head => PlanElementwise(op, EquatableArray.Of<ElementwiseStep>(new ActivateGradient(ActivationFunction.Of(head))), buffers),
        null => null,
    };
}
