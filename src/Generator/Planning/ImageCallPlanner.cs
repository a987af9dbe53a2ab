using Unroll.Generator.Graph;
using Unroll.Generator.Model;
using Unroll.Generator.Planning.Calls;

namespace Unroll.Generator.Planning;

/// <summary>Operations of images and of their kernels that the runtime has a function for.</summary>
internal static class ImageCallPlanner
{
    public static CallPlan Plan(OpGraph graph, Op op, BufferPlan buffers)
    {
        Op operand = graph[op.Inputs[0]];
        ValueBuffer x = buffers[operand.Id];
        ValueBuffer y = buffers[op.Id];
        return op.Kind switch
        {
            PlaceOp place => Placed("PixelCopy.Place", operand, op, place.Rows, place.Columns, buffers),
            ReverseRowsOp => CallPlanner.Call("KernelFlip.ReverseRows", op.Shape.Vectors, y.Stride),
            ExpandGroupsOp groups => CallPlanner.Call("KernelGroups.Expand", groups.Taps, groups.Groups, op.Shape[0] / groups.Taps, op.Shape[1]),
            PickGroupsOp groups => CallPlanner.Call("KernelGroups.Pick", groups.Taps, groups.Groups, operand.Shape[0] / groups.Taps, op.Shape[1]),
            RepeatChannelsOp repeat => CallPlanner.Call("ChannelCopy.Repeat", x.Vectors, x.Columns, repeat.Count, x.Stride, y.Stride),
            SumChannelsOp sum => CallPlanner.Call("ChannelCopy.Sum", y.Vectors, y.Columns, sum.Count, x.Stride, y.Stride),
            ResizeOp resize => Resized("Forward", Image.Of(operand.Shape), resize.Rows, resize.Columns, resize.Interpolation, x, y),
            ResizeGradientOp resize => Resized("Gradient", Image.Of(op.Shape), resize.Rows, resize.Columns, resize.Interpolation, x, y),
            MoveImageOp move => Moved("Forward", Image.Of(op.Shape), move.Motion, x, y, move.Motion.FillValue, move.Salt),
            MoveImageGradientOp move => Moved("Gradient", Image.Of(op.Shape), move.Motion, x, y, move.Salt),
            PickOp pick => Placed("PixelCopy.Pick", operand, op, pick.Rows, pick.Columns, buffers),
            FlipKernelOp flip => CallPlanner.Call("KernelFlip.Run", flip.Taps, op.Shape[1], operand.Shape[1]),
            _ => throw new InvalidOperationException($"no kernel for {op.Kind.GetType().Name}"),
        };
    }

    private static CallPlan Resized(
        string way, Image image, int rows, int columns, Interpolation interpolation, ValueBuffer x, ValueBuffer y) => CallPlanner.Call(
        $"{interpolation}Resize.{way}", image.Rows, image.Columns, rows, columns, x.Stride, y.Stride);

    private static CallPlan Moved(string way, Image image, ImageMotion motion, ValueBuffer x, ValueBuffer y, params CallArgument[] last) => CallPlanner.Call(
        $"ImageMotion<{motion.Kind}>.{way}",
        [
            image.Rows, image.Columns, x.Stride, y.Stride, motion.First.Low, motion.First.High, motion.Second.Low, motion.Second.High,
            (int)motion.Fill, (int)motion.Interpolation, .. last,
        ]);

    private static CallPlan Placed(string function, Op operand, Op result, Placement rows, Placement columns, BufferPlan buffers)
    {
        var x = Image.Of(operand.Shape);
        var y = Image.Of(result.Shape);
        return CallPlanner.Call(
            function,
            x.Rows,
            x.Columns,
            buffers[operand.Id].Stride,
            y.Rows,
            y.Columns,
            buffers[result.Id].Stride,
            rows.Before,
            rows.Stride,
            columns.Before,
            columns.Stride);
    }
}
