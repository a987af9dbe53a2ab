using Unroll.Generator.Graph.Contractions;
using Unroll.Generator.Model;

namespace Unroll.Generator.Graph.Passes;

/// <summary>
/// Brings contractions under a window to the form that has a kernel: windows that stay inside their operand, whose zeros are put in place
/// before, once for all that read them; all channels for every unit, those of other groups with zeros. The gradient by the image is a
/// convolution of the positions' values spread over it, with the kernel turned; under a single tap, which is no convolution by channel, all are products.
/// </summary>
internal sealed class WindowLowering(GraphRewrite rewrite)
{
    private readonly Dictionary<(int Value, OpKind Kind, Shape Shape), int> _placed = [];
    private readonly Dictionary<(int Kernel, OpKind Kind), Op> _kernels = [];

    /// <summary>The sums at the window's positions, as <paramref name="op"/> is.</summary>
    public Op Positions(Op op, ContractionForm.Windowed form, Op x, Op w) => op with
    {
        Kind = KindOf(form, form.Window.Inside()),
        Inputs = EquatableArray.Of(Padded(op, form.Window, x, op.Shape), OfAllGroups(op, form, w).Id),
    };

    /// <summary>What comes back to the image, as <paramref name="op"/> is: y[i] = Σ x[o]·w[k] where o·stride + k·dilation − before = i, so that the taps run the other way.</summary>
    public Op Image(Op op, ContractionForm.Windowed form, Op x, Op w)
    {
        Window window = form.Window;
        var y = Graph.Image.Of(op.Shape);
        var spread = new PlaceOp(
            new Placement(window.Rows.Extent - 1 - window.Rows.Before, window.Rows.Stride),
            new Placement(window.Columns.Extent - 1 - window.Columns.Before, window.Columns.Stride));
        var margins = new Image(y.Rows + window.Rows.Extent - 1, y.Columns + window.Columns.Extent - 1, x.Shape.Last);
        int source = window.IsPoint ? x.Id : Place(op, spread, x, margins.Like(x.Shape));
        return op with { Kind = KindOf(form, Dense(window)), Inputs = EquatableArray.Of(source, Turned(op, form, OfAllGroups(op, form, w)).Id) };
    }

    /// <summary>The kernel's gradient, as <paramref name="op"/> is.</summary>
    public Op Kernel(Op op, ContractionForm.Windowed form, Op x, Op dy)
    {
        int padded = Padded(op, form.Window, x, dy.Shape);
        OpKind kind = form.IsDepthwise ? new DepthwiseKernelGradientOp(form.Window.Inside(), default)
            : form.Window.IsPoint ? new KernelGradientOp(default)
            : new ConvolutionKernelGradientOp(form.Window.Inside(), default);
        int[] inputs = kind is KernelGradientOp ? [padded, dy.Id] : [dy.Id, padded];
        return form.Groups == 1
            ? op with { Kind = kind, Inputs = inputs.ToEquatableArray() }
            : op with
            {
                Kind = new PickGroupsOp(form.Window.Taps, form.Groups),
                Inputs = EquatableArray.Of(rewrite.Insert(kind, Shape.Of(op.Shape[0] * form.Groups, op.Shape[1]), op.Scope, op.Label, inputs).Id),
                Label = op.Label with { Role = "GroupGradient" },
            };
    }

    /// <summary>wᵀ of a kernel of one tap.</summary>
    public Op Transposed(Op op, Op w) => Of(op, w, new TransposeOp(), Shape.Of(w.Shape[1], w.Shape[0]), "Transpose");

    private static OpKind KindOf(ContractionForm.Windowed form, Window inside) => form.IsDepthwise ? new DepthwiseOp(inside, default)
        : inside.IsPoint ? new ProductOp(default)
        : new ConvolutionOp(inside, default);

    private Op OfAllGroups(Op op, ContractionForm.Windowed form, Op w) => form.Groups == 1
        ? w
        : Of(op, w, new ExpandGroupsOp(form.Window.Taps, form.Groups), Shape.Of(w.Shape[0] * form.Groups, w.Shape[1]), "AllGroups");

    private Op Turned(Op op, ContractionForm.Windowed form, Op w)
    {
        int taps = form.Window.Taps;
        return form.IsDepthwise ? Of(op, w, new ReverseRowsOp(), w.Shape, "Transpose")
            : taps == 1 ? Transposed(op, w)
            : Of(op, w, new FlipKernelOp(taps), Shape.Of(taps * w.Shape[1], w.Shape[0] / taps), "Transpose");
    }

    // What is made of a kernel, once for all that read it.
    private Op Of(Op op, Op w, OpKind kind, Shape shape, string role)
    {
        if (!_kernels.TryGetValue((w.Id, kind), out Op? made))
        {
            made = rewrite.Insert(kind, shape, OpScope.Step, new OpLabel(op.Label.Layer, role), w.Id);
            _kernels.Add((w.Id, kind), made);
        }

        return made;
    }

    private int Padded(Op op, Window window, Op x, Shape result)
    {
        var image = Graph.Image.Of(x.Shape);
        var target = Graph.Image.Of(result);
        if (!window.IsPadded(image, target))
        {
            return x.Id;
        }

        Image padded = image with
        {
            Rows = image.Rows + window.Rows.Before + Math.Max(0, window.Rows.After(image.Rows, target.Rows)),
            Columns = image.Columns + window.Columns.Before + Math.Max(0, window.Columns.After(image.Columns, target.Columns)),
        };
        return Place(op, new PlaceOp(new Placement(window.Rows.Before), new Placement(window.Columns.Before)), x, padded.Like(x.Shape));
    }

    private int Place(Op op, PlaceOp place, Op x, Shape shape)
    {
        if (!_placed.TryGetValue((x.Id, place, shape), out int placed))
        {
            placed = rewrite.Insert(place, shape, OpScope.Sample, new OpLabel(op.Label.Layer, op.Label.Role + "Margins"), x.Id).Id;
            _placed.Add((x.Id, place, shape), placed);
        }

        return placed;
    }

    private static Window Dense(Window window) => new(
        new WindowAxis(window.Rows.Size, Dilation: window.Rows.Dilation),
        new WindowAxis(window.Columns.Size, Dilation: window.Columns.Dilation));
}
