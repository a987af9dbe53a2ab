using Unroll.Generator.Model;

namespace Unroll.Generator.Graph.Passes;

/// <summary>
/// Brings convolutions to the form that has a kernel: windows that stay inside their operand, whose zeros are put in place before, once for
/// all that read them. A transposed convolution is a convolution of its operand spread over the result, with the kernel flipped; one of a
/// single tap is a product.
/// </summary>
internal sealed class LowerConvolutions : GraphPass
{
    public override string Name => "lower convolutions";

    public override OpGraph Apply(OpGraph graph) => graph.Ops.Any(static op => IsWindowed(op.Kind)) ? new Lowering(graph).Run() : graph;

    private static bool IsWindowed(OpKind kind) => kind is ConvolutionOp or TransposedConvolutionOp or ConvolutionKernelGradientOp
        or DepthwiseOp or TransposedDepthwiseOp or DepthwiseKernelGradientOp;

    private sealed class Lowering(OpGraph graph)
    {
        private readonly GraphRewrite _rewrite = new(graph);
        private readonly Dictionary<(int Value, OpKind Kind, Shape Shape), int> _placed = [];
        private readonly Dictionary<(int Kernel, OpKind Kind), int> _flipped = [];

        public OpGraph Run()
        {
            foreach (Op op in graph.Ops)
            {
                int? lowered = Lower(op);
                if (lowered is int value)
                {
                    _rewrite.Replace(op.Id, value);
                }
                else
                {
                    _rewrite.Keep(op);
                }
            }

            return _rewrite.Finish();
        }

        private int? Lower(Op op) => op.Kind switch
        {
            ConvolutionOp { Window: var window } => Convolve(op, window, window.IsPoint ? new ProductOp(default) : new ConvolutionOp(window.Inside, default)),
            DepthwiseOp { Window: var window } => Convolve(op, window, new DepthwiseOp(window.Inside, default)),
            TransposedConvolutionOp { Window: var window } => ConvolveTransposed(
                op, window, window.IsPoint ? new ProductOp(default) : new ConvolutionOp(Dense(window), default)),
            TransposedDepthwiseOp { Window: var window } => ConvolveTransposed(op, window, new DepthwiseOp(Dense(window), default)),
            ConvolutionKernelGradientOp { Window: var window } => KernelGradient(op, window),
            DepthwiseKernelGradientOp { Window: var window } => Insert(
                new DepthwiseKernelGradientOp(window.Inside, default), op, _rewrite.Resolve(op.Inputs[0]), Padded(op, window)),
            _ => null,
        };

        private int Convolve(Op op, Window window, OpKind kind) =>
            Insert(kind, op, Padded(op, window, op.Inputs[0], op.Shape), _rewrite.Resolve(op.Inputs[1]));

        // y[i] = Σ x[o]·w[k] where o·stride + k·dilation − before = i: as a convolution the taps run the other way.
        private int ConvolveTransposed(Op op, Window window, OpKind kind)
        {
            Shape shape = graph[op.Inputs[0]].Shape;
            var y = Image.Of(op.Shape);
            var spread = new PlaceOp(
                new Placement(window.Rows.Extent - 1 - window.Rows.Before, window.Rows.Stride),
                new Placement(window.Columns.Extent - 1 - window.Columns.Before, window.Columns.Stride));
            var margins = new Image(y.Rows + window.Rows.Extent - 1, y.Columns + window.Columns.Extent - 1, shape.Last);
            int source = window.IsPoint ? _rewrite.Resolve(op.Inputs[0]) : Place(op, spread, op.Inputs[0], margins.Like(shape));
            return Insert(kind, op, source, Flipped(op, window.Taps));
        }

        private int KernelGradient(Op op, Window window)
        {
            int dy = _rewrite.Resolve(op.Inputs[0]);
            int x = Padded(op, window);
            return window.IsPoint
                ? Insert(new KernelGradientOp(default), op, x, dy)
                : Insert(new ConvolutionKernelGradientOp(window.Inside, default), op, dy, x);
        }

        private int Insert(OpKind kind, Op op, params int[] inputs) => _rewrite.Insert(kind, op.Shape, op.Scope, op.Label, inputs).Id;

        private int Padded(Op gradient, Window window) => Padded(gradient, window, gradient.Inputs[1], graph[gradient.Inputs[0]].Shape);

        private int Padded(Op op, Window window, int x, Shape result)
        {
            Shape shape = graph[x].Shape;
            var image = Image.Of(shape);
            var target = Image.Of(result);
            if (!window.IsPadded(image, target))
            {
                return _rewrite.Resolve(x);
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
                placed = _rewrite.Insert(place, shape, OpScope.Sample, new OpLabel(op.Label.Layer, op.Label.Role + "Margins"), _rewrite.Resolve(x)).Id;
                _placed.Add((x, place, shape), placed);
            }

            return placed;
        }

        private int Flipped(Op op, int taps)
        {
            int w = op.Inputs[1];
            Shape shape = graph[w].Shape;
            bool isDepthwise = op.Kind is TransposedDepthwiseOp;
            OpKind kind = isDepthwise ? new ReverseRowsOp() : new FlipKernelOp(taps);
            if (!_flipped.TryGetValue((w, kind), out int flipped))
            {
                Shape result = isDepthwise ? shape : Shape.Of(taps * shape[1], shape[0] / taps);
                flipped = _rewrite.Insert(kind, result, OpScope.Step, new OpLabel(op.Label.Layer, "Transpose"), _rewrite.Resolve(w)).Id;
                _flipped.Add((w, kind), flipped);
            }

            return flipped;
        }

        private static Window Dense(Window window) => new(
            new WindowAxis(window.Rows.Size, Dilation: window.Rows.Dilation),
            new WindowAxis(window.Columns.Size, Dilation: window.Columns.Dilation));
    }
}
