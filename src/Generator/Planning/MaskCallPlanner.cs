using Unroll.Generator.Graph;
using Unroll.Generator.Model;
using Unroll.Generator.Planning.Calls;

namespace Unroll.Generator.Planning;

/// <summary>Operations on masks of steps, and those that go by them, that the runtime has a function for.</summary>
internal static class MaskCallPlanner
{
    public static CallPlan Plan(OpGraph graph, Op op, BufferPlan buffers)
    {
        ValueBuffer x = buffers[op.Inputs[0]];
        ValueBuffer y = buffers[op.Id];
        return op.Kind switch
        {
            StepMaskOp mask => CallPlanner.Call("StepMask.Run", op.Shape[0], x.Vectors * x.Columns / op.Shape[0], x.Vectors == 1 ? 1 : x.Stride, x.SampleStride, y.SampleStride, mask.Value),
            ScaleStepsOp => CallPlanner.Call(
                "StepMask.Scale", op.Shape[0], y.Vectors / op.Shape[0], PanelLayout.Pad(y.Columns), buffers[op.Inputs[1]].SampleStride, x.Stride, y.Stride),
            MaskWeightOp => CallPlanner.Call("StepMask.Weigh", x.Columns, x.SampleStride) with { Parts = 1 },
            ShareOfStepsOp => CallPlanner.Call("StepMask.Share", op.Shape[0], x.SampleStride, y.SampleStride),
            MaskedMomentsOp moments => OverBatch("MaskedStatistics.Moments", graph[op.Inputs[0]].Shape, x, buffers[op.Inputs[1]], y, moments.Epsilon),
            MaskedProjectionsOp => OverBatch("MaskedStatistics.Projections", graph[op.Inputs[0]].Shape, x, buffers[op.Inputs[2]], y, buffers[op.Inputs[1]].Stride),
            MaskedStandardizeGradientOp => CallPlanner.Call(
                "MaskedStatistics.Gradient",
                op.Shape[0],
                y.Vectors / op.Shape[0],
                PanelLayout.Pad(y.Columns),
                x.Stride,
                buffers[op.Inputs[1]].Stride,
                buffers[op.Inputs[4]].SampleStride,
                y.Stride),
            _ => ImageCallPlanner.Plan(graph, op, buffers),
        };
    }

    // Columns do not meet: a part has 16 of them.
    private static CallPlan OverBatch(string function, Shape shape, ValueBuffer x, ValueBuffer mask, ValueBuffer y, CallArgument last) =>
        CallPlanner.Call(
            function,
            shape[0],
            x.Vectors / shape[0],
            x.Stride,
            mask.SampleStride,
            y.Stride,
            last) with
        { Parts = PanelLayout.Panels(shape.Last) };
}
