using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Planning;

/// <summary>Operations that the runtime has a function for: moving elements, and work of a few values a step.</summary>
internal static class CallPlanner
{
    public static CallPlan Plan(OpGraph graph, Op op, BufferPlan buffers)
    {
        ValueBuffer x = buffers[op.Inputs[0]];
        ValueBuffer y = buffers[op.Id];
        return op.Kind switch
        {
            PermuteOp permute => Call(
                "VectorCopy.Permute", PermutedStrides(graph[op.Inputs[0]], x, permute), op.Shape.Sizes, x.SampleStride, y.Stride),
            RepeatOp => Call("VectorCopy.Repeat", op.Shape.Vectors, x.Stride, y.Stride),
            SumRowsOp => Call("VectorCopy.SumRows", x.Vectors, x.Stride, y.Stride),
            PadRowsOp pad => Call("VectorCopy.PadRows", pad.Before, x.Vectors, pad.After, x.Stride, y.Stride),
            CropRowsOp crop => Call("VectorCopy.CropRows", crop.Before, y.Vectors, crop.After, x.Stride, y.Stride),
            ActivityPenaltyOp activity => Call(
                "ActivityPenalty.Run", x.Vectors, x.Columns, x.Stride, y.Stride, activity.Penalty.L1, activity.Penalty.L2),
            ActivityPenaltyGradientOp activity => Call(
                "ActivityPenalty.Gradient", x.Vectors, x.Columns, x.Stride, activity.Penalty.L1, activity.Penalty.L2),
            MovingAverageOp average => Call("BatchStatistics.UpdateMovingAverages", y.Stride, average.Momentum),
            AffineOfStatisticsOp affine => Call(FunctionOf(affine), op.Shape.Last, y.Stride, affine.Epsilon),
            InverseDeviationOp inverse => Call("BatchStatistics.InverseDeviation", op.Shape.Last, y.Stride, inverse.Least),
            ScaleKernelColumnsOp => Call("KernelFold.ScaleColumns", op.Shape[0], op.Shape[1]),
            ScaleKernelRowsOp => Call("KernelFold.ScaleRows", op.Shape[0], op.Shape[1]),
            ScaleBiasOp => Call("KernelFold.ScaleBias", y.Stride),
            ShiftBiasOp => Call("KernelFold.ShiftBias", graph[op.Inputs[0]].Shape[0], op.Shape.Last),
            _ => throw new InvalidOperationException($"no kernel for {op.Kind.GetType().Name}"),
        };
    }

    public static CallPlan Call(string function, params CallArgument[] arguments) => new(function, arguments.ToEquatableArray());

    private static string FunctionOf(AffineOfStatisticsOp affine) => "BatchStatistics." + affine switch
    {
        { Scale: true, Center: true } => "AffineOfScaleAndCenter",
        { Scale: true } => "AffineOfScale",
        { Center: true } => "AffineOfCenter",
        _ => "Affine",
    };

    // For each axis of the result, how far apart its elements lie in the operand.
    private static EquatableArray<int> PermutedStrides(Op operand, ValueBuffer x, PermuteOp permute)
    {
        int rank = operand.Shape.Rank;
        int[] strides = new int[rank];
        int stride = x.Stride;
        for (int axis = rank - 1; axis >= 0; axis--)
        {
            strides[axis] = axis == rank - 1 ? 1 : stride;
            stride *= axis == rank - 1 ? 1 : operand.Shape[axis];
        }

        return permute.Axes.Select(axis => strides[axis]).ToEquatableArray();
    }
}
