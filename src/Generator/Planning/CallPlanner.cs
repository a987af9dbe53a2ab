using System.Globalization;
using Unroll.Generator.Graph;

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
            PermuteOp permute => new CallPlan("VectorCopy.Permute", $"{PermutedStrides(graph[op.Inputs[0]], x, permute)}, {SizesOf(op)}, {x.SampleStride}, {y.Stride}"),
            RepeatOp => new CallPlan("VectorCopy.Repeat", $"{op.Shape.Vectors}, {y.Stride}"),
            SumRowsOp => new CallPlan("VectorCopy.SumRows", $"{x.Vectors}, {y.Stride}"),
            ActivityPenaltyOp activity => new CallPlan(
                "ActivityPenalty.Run",
                $"{x.Vectors}, {x.Columns}, {x.Stride}, {y.Stride}, {Literal(activity.Penalty.L1)}, {Literal(activity.Penalty.L2)}"),
            MovingAverageOp average => new CallPlan("BatchStatistics.UpdateMovingAverages", $"{y.Stride}, {Literal(average.Momentum)}"),
            AffineOfStatisticsOp affine => new CallPlan(FunctionOf(affine), $"{y.Stride}, {Literal(affine.Epsilon)}"),
            ScaleKernelColumnsOp => new CallPlan("KernelFold.ScaleColumns", $"{op.Shape[0]}, {op.Shape[1]}"),
            ScaleKernelRowsOp => new CallPlan("KernelFold.ScaleRows", $"{op.Shape[0]}, {op.Shape[1]}"),
            ScaleBiasOp => new CallPlan("KernelFold.ScaleBias", $"{y.Stride}"),
            ShiftBiasOp => new CallPlan("KernelFold.ShiftBias", $"{graph[op.Inputs[0]].Shape[0]}, {op.Shape.Last}"),
            _ => throw new InvalidOperationException($"no kernel for {op.Kind.GetType().Name}"),
        };
    }

    private static string FunctionOf(AffineOfStatisticsOp affine) => "BatchStatistics." + affine switch
    {
        { Adds: false } => "AffineOfLeastDeviation",
        { Scale: true, Center: true } => "AffineOfScaleAndCenter",
        { Scale: true } => "AffineOfScale",
        { Center: true } => "AffineOfCenter",
        _ => "Affine",
    };

    // For each axis of the result, how far apart its elements lie in the operand.
    private static string PermutedStrides(Op operand, ValueBuffer x, PermuteOp permute)
    {
        int rank = operand.Shape.Rank;
        int[] strides = new int[rank];
        int stride = x.Stride;
        for (int axis = rank - 1; axis >= 0; axis--)
        {
            strides[axis] = axis == rank - 1 ? 1 : stride;
            stride *= axis == rank - 1 ? 1 : operand.Shape[axis];
        }

        return $"[{string.Join(", ", permute.Axes.Select(axis => strides[axis]))}]";
    }

    private static string SizesOf(Op op) => $"[{string.Join(", ", op.Shape.Sizes)}]";

    private static string Literal(float value) => value.ToString("G9", CultureInfo.InvariantCulture) + "f";
}
