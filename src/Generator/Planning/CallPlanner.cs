using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Contractions;
using Unroll.Generator.Graph.Loops;
using Unroll.Generator.Model;
using Unroll.Generator.Planning.Calls;

namespace Unroll.Generator.Planning;

/// <summary>Operations that the runtime has a function for: moving elements, and work of a few values a step.</summary>
internal static class CallPlanner
{
    // Each goes through all ids of the batch.
    private const int MostGatherParts = 8;

    public static CallPlan Plan(OpGraph graph, Op op, BufferPlan buffers)
    {
        ValueBuffer x = buffers[op.Inputs[0]];
        ValueBuffer y = buffers[op.Id];
        return op.Kind switch
        {
            PermuteOp permute => Call(
                "VectorCopy.Permute", PermutedStrides(graph[op.Inputs[0]], x, permute), op.Shape.Sizes, x.SampleStride, y.Stride),
            RowsToLanesOp => Call("SampleLanes.FromRows", x.Columns, x.Stride),
            LanesToRowsOp => Call("SampleLanes.ToRows", y.Columns, y.Stride),
            LaneSoftmaxOp softmax => Call(softmax.Logarithm ? "SampleLanes.LogSoftmax" : "SampleLanes.Softmax", y.Columns),
            ReverseStepsOp => Call("SampleRows.Reverse", y.Vectors, PanelLayout.Pad(y.Columns), x.Stride, y.Stride),
            HistoryOp => Call("SampleRows.Push", y.Vectors, y.Columns, x.SampleStride, y.Stride),
            FillOp fill => Call("SampleRows.Fill", y.Stride, fill.Value),
            SharedPartOp part => Call("SampleRows.Take", part.Start, PanelLayout.FloatsOf(op.Shape)),
            SharedPlaceOp part => Call("SampleRows.Place", part.Start, PanelLayout.FloatsOf(graph[op.Inputs[0]].Shape), PanelLayout.FloatsOf(op.Shape)),
            RepeatOp => Call("VectorCopy.Repeat", op.Shape.Vectors, x.Stride, y.Stride),
            SumRowsOp => Call("VectorCopy.SumRows", x.Vectors, x.Stride, y.Stride),
            BroadcastOp => Call("VectorCopy.Permute", RepeatedStrides(graph[op.Inputs[0]].Shape, x.Stride, op.Shape), op.Shape.Sizes, x.SampleStride, y.Stride),
            SumBroadcastOp => Call(
                "Broadcast.Sum", RepeatedStrides(op.Shape, y.Stride, graph[op.Inputs[0]].Shape), graph[op.Inputs[0]].Shape.Sizes, x.Stride, y.SampleStride),
            ConcatenateOp join => PlanConcatenation(op, join, x, buffers[op.Inputs[1]], y),
            SliceOp slice => PlanSlice(graph[op.Inputs[0]], op, slice, x, y),
            ContractOp contract => ContractionPlanner.Plan(graph, op, contract, buffers),
            UnitNormalizeOp unit => Call("UnitLength.Run", y.Vectors, y.Columns, y.Stride, unit.Least),
            UnitNormalizeGradientOp unit => Call("UnitLength.Gradient", y.Vectors, y.Columns, y.Stride, unit.Least),
            ActivityPenaltyOp activity => Call(
                "ActivityPenalty.Run", x.Vectors, x.Columns, x.Stride, y.Stride, activity.Penalty.L1, activity.Penalty.L2),
            ActivityPenaltyGradientOp activity => Call(
                "ActivityPenalty.Gradient", x.Vectors, x.Columns, x.Stride, activity.Penalty.L1, activity.Penalty.L2),
            MovingAverageOp average => Call("BatchStatistics.UpdateMovingAverages", y.Stride, average.Momentum),
            AffineOfStatisticsOp affine => Call(FunctionOf(affine), op.Shape.Last, y.Stride, affine.Epsilon),
            InverseDeviationOp inverse => Call("BatchStatistics.InverseDeviation", op.Shape.Last, y.Stride, inverse.Least),
            ScaleKernelColumnsOp => Call("KernelFold.ScaleColumns", op.Shape[0], op.Shape[1]),
            ScaleKernelRowsOp => Call("KernelFold.ScaleRows", op.Shape[0], op.Shape[1], graph[op.Inputs[1]].Shape.Last),
            RoundKernelOp { IsPaired: true } => Call("RoundedKernel.RoundPairs", op.Shape[0], op.Shape[1]),
            RoundKernelOp => Call("RoundedKernel.Round", PanelLayout.FloatsOf(op.Shape)),
            ScaleBiasOp => Call("KernelFold.ScaleBias", y.Stride),
            ShiftBiasOp => Call("KernelFold.ShiftBias", graph[op.Inputs[0]].Shape[0], op.Shape.Last, graph[op.Inputs[1]].Shape.Last),
            StepsLastOp => Call("AttentionRows.StepsLast", op.Shape[2], op.Shape[0], op.Shape[1], x.Stride, y.Stride),
            CausalSoftmaxOp => Call("AttentionRows.CausalSoftmax", op.Shape[0], op.Shape[1], op.Shape[2], y.Stride),
            RootMeanSquareOp scale => Call("RootMeanSquare.Scale", x.Vectors, x.Columns, x.Stride, y.Stride, scale.Epsilon),
            RootMeanSquareGradientOp scale => Call(
                "RootMeanSquare.Gradient", x.Vectors, x.Columns, buffers[op.Inputs[1]].Stride, y.Stride, scale.Epsilon),
            ExpandAxesOp => Call("VectorCopy.Permute", 1, RepeatedStrides(graph[op.Inputs[0]].Shape, x.Stride, op.Shape), op.Shape.Sizes, 0, y.Stride),
            SumAxesOp => Call(
                "Broadcast.Sum", 1, RepeatedStrides(op.Shape, y.Stride, graph[op.Inputs[0]].Shape), graph[op.Inputs[0]].Shape.Sizes, x.Stride, y.SampleStride),
            SpreadOp => Call("SampleRows.Spread", x.SampleStride, y.SampleStride),
            GatherOp => Call("EmbeddingRows.Gather", x.Vectors, x.Columns, x.Stride, graph[op.Inputs[1]].Shape[0], buffers[op.Inputs[1]].Stride, y.Stride),
            GatherGradientOp => PlanGatherGradient(graph, op, buffers),
            _ => MaskCallPlanner.Plan(graph, op, buffers),
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

    private static CallPlan PlanConcatenation(Op op, ConcatenateOp join, ValueBuffer a, ValueBuffer b, ValueBuffer y)
    {
        int outer = Before(op.Shape, join.Axis);
        return join.Axis == op.Shape.Rank - 1
            ? Call("Join.Columns", y.Vectors, a.Columns, a.Stride, b.Columns, b.Stride, y.Stride)
            : Call("Join.Rows", outer, a.Vectors / outer, a.Stride, b.Vectors / outer, b.Stride, y.Stride);
    }

    private static CallPlan PlanSlice(Op operand, Op op, SliceOp slice, ValueBuffer x, ValueBuffer y)
    {
        int outer = Before(op.Shape, slice.Axis);
        int inner = x.Vectors / outer / operand.Shape[slice.Axis];
        return slice.Axis == op.Shape.Rank - 1
            ? Call("Join.TakeColumns", y.Vectors, slice.Start, y.Columns, x.Stride, y.Stride)
            : Call("Join.TakeRows", outer, slice.Start * inner, y.Vectors / outer, x.Vectors / outer, x.Stride, y.Stride);
    }

    // Columns do not meet: a part owns some of every row, so that no row's sum depends on who adds it up.
    private static CallPlan PlanGatherGradient(OpGraph graph, Op op, BufferPlan buffers)
    {
        ValueBuffer ids = buffers[op.Inputs[0]], dy = buffers[op.Inputs[1]], table = buffers[op.Id];
        int panels = PanelLayout.Panels(op.Shape.Last);
        int parts = Math.Min(panels, MostGatherParts);
        int partFloats = (panels + parts - 1) / parts * PanelLayout.Width;
        CallArgument[] sizes = [ids.Vectors, ids.Columns, ids.Stride, dy.Stride, op.Shape[0], table.Stride, partFloats];
        CallPlan call = GatherGradientOp.IsCleared(graph, op)
            ? Call("EmbeddingRows.AddGradient", sizes)
            : Call("EmbeddingRows.Gradient", [new CallArgument.OfStep(PartCallPlanner.GoesOn), .. sizes]);
        return call with
        { Parts = (table.Stride + partFloats - 1) / partFloats };
    }

    private static int Before(Shape shape, int axis) => shape.Sizes.Take(axis).Aggregate(1, static (product, size) => product * size);

    // For each axis of the large shape, how far apart its elements lie in the small one: nowhere where it is repeated.
    public static EquatableArray<int> RepeatedStrides(Shape small, int smallStride, Shape large)
    {
        int[] strides = new int[large.Rank];
        int stride = smallStride;
        for (int fromEnd = 1; fromEnd <= small.Rank; fromEnd++)
        {
            int size = small[small.Rank - fromEnd];
            strides[large.Rank - fromEnd] = size == 1 ? 0 : fromEnd == 1 ? 1 : stride;
            stride *= fromEnd == 1 ? 1 : size;
        }

        return strides.ToEquatableArray();
    }

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
