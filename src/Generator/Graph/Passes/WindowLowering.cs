using Unroll.Generator.Model;

namespace Unroll.Generator.Graph.Passes;

/// <summary>
/// Brings contractions under a window to the form that has a kernel: windows that stay inside their operand, whose zeros are put in place
/// before, once for all that read them. The gradient by the image is a convolution of the positions' values spread over it, with the kernel
/// flipped; under a single tap all are products.
/// </summary>
internal sealed class WindowLowering(OpGraph graph, GraphRewrite rewrite)
{
    private readonly Dictionary<(int Value, OpKind Kind, Shape Shape), int> _placed = [];
    private readonly Dictionary<(int Kernel, OpKind Kind), int> _flipped = [];

    /// <summary>The sums at the window's positions, as <paramref name="op"/> is.</summary>
    public Op Positions(Op op, Window window, bool isDepthwise, int x, int w) =>
        op with { Kind = KindOf(window.Inside, isDepthwise), Inputs = EquatableArray.Of(Padded(op, window, x, op.Shape), w) };

    /// <summary>What comes back to the image, as <paramref name="op"/> is: y[i] = Σ x[o]·w[k] where o·stride + k·dilation − before = i, so that the taps run the other way.</summary>
    public Op Image(Op op, Window window, bool isDepthwise, int x, int w)
    {
        Shape shape = graph[x].Shape;
        var y = Graph.Image.Of(op.Shape);
        var spread = new PlaceOp(
            new Placement(window.Rows.Extent - 1 - window.Rows.Before, window.Rows.Stride),
            new Placement(window.Columns.Extent - 1 - window.Columns.Before, window.Columns.Stride));
        var margins = new Image(y.Rows + window.Rows.Extent - 1, y.Columns + window.Columns.Extent - 1, shape.Last);
        int source = window.IsPoint ? x : Place(op, spread, x, margins.Like(shape));
        int flipped = Flipped(op, w, isDepthwise ? new ReverseRowsOp() : new FlipKernelOp(window.Taps));
        return op with { Kind = KindOf(Dense(window), isDepthwise), Inputs = EquatableArray.Of(source, flipped) };
    }

    /// <summary>The kernel's gradient, as <paramref name="op"/> is.</summary>
    public Op Kernel(Op op, Window window, bool isDepthwise, int x, int dy)
    {
        int padded = Padded(op, window, x, graph[dy].Shape);
        OpKind kind = isDepthwise ? new DepthwiseKernelGradientOp(window.Inside, default)
            : window.IsPoint ? new KernelGradientOp(default)
            : new ConvolutionKernelGradientOp(window.Inside, default);
        return op with { Kind = kind, Inputs = kind is KernelGradientOp ? EquatableArray.Of(padded, dy) : EquatableArray.Of(dy, padded) };
    }

    private static OpKind KindOf(Window inside, bool isDepthwise) => isDepthwise ? new DepthwiseOp(inside, default)
        : inside.IsPoint ? new ProductOp(default)
        : new ConvolutionOp(inside, default);

    private int Padded(Op op, Window window, int x, Shape result)
    {
        Shape shape = graph[x].Shape;
        var image = Graph.Image.Of(shape);
        var target = Graph.Image.Of(result);
        if (!window.IsPadded(image, target))
        {
            return x;
        }

        Image padded = image with
        {
            Rows = image.Rows + window.Rows.Before + Math.Max(0, window.Rows.After(image.Rows, target.Rows)),
            Columns = image.Columns + window.Columns.Before + Math.Max(0, window.Columns.After(image.Columns, target.Columns)),
        };
        return Place(op, new PlaceOp(new Placement(window.Rows.Before), new Placement(window.Columns.Before)), x, padded.Like(shape));
    }

    private int Place(Op op, PlaceOp place, int x, Shape shape)
    {
        if (!_placed.TryGetValue((x, place, shape), out int placed))
        {
            placed = rewrite.Insert(place, shape, OpScope.Sample, new OpLabel(op.Label.Layer, op.Label.Role + "Margins"), x).Id;
            _placed.Add((x, place, shape), placed);
        }

        return placed;
    }

    private int Flipped(Op op, int w, OpKind kind)
    {
        if (!_flipped.TryGetValue((w, kind), out int flipped))
        {
            Shape shape = graph[w].Shape;
            Shape result = kind is FlipKernelOp flip ? Shape.Of(flip.Taps * shape[1], shape[0] / flip.Taps) : shape;
            flipped = rewrite.Insert(kind, result, OpScope.Step, new OpLabel(op.Label.Layer, "Transpose"), w).Id;
            _flipped.Add((w, kind), flipped);
        }

        return flipped;
    }

    private static Window Dense(Window window) => new(
        new WindowAxis(window.Rows.Size, Dilation: window.Rows.Dilation),
        new WindowAxis(window.Columns.Size, Dilation: window.Columns.Dilation));
}
