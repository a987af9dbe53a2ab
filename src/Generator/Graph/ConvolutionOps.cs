using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>
/// y[p, u] = Σₖ Σ_c x[p at tap k, c]·w[k·channels + c, u] for each pixel p. Operands: x, w.
/// </summary>
internal sealed record ConvolutionOp(Window Window, EquatableArray<ElementwiseStep> Steps) : ImageOp(Steps)
{
    public override IEnumerable<string?> Details => [$"under {Window.Text}", .. base.Details, Pooled is null ? null : $"then {Pooled.Text}"];

    public override bool ReadsPacked(int operand) => true;

    /// <summary>What is pooled behind the steps, if anything: then y has one pixel for each block.</summary>
    public PixelBlock? Pooled { get; init; }

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        ConvolutionShapes.Fit(operands[0], operands[1], result, Window.Taps * operands[0].Last)
        && !Window.IsPadded(Image.Of(operands[0]), Positions(Margins.Inside(Image.Of(result))));

    public override long MultiplyAdds(OpGraph graph, Op op) =>
        (long)Positions(Margins.Inside(Image.Of(op.Shape))).Pixels * graph[op.Inputs[1]].Shape.Size;

    private Image Positions(Image y) => Pooled is { } block ? y with { Rows = y.Rows * block.Rows, Columns = y.Columns * block.Columns } : y;
}

/// <summary>dw[k·channels + c, u] = Σ x[p at tap k, c]·dy[p, u] over all pixels of the batch. Operands: dy, x.</summary>
internal sealed record ConvolutionKernelGradientOp(Window Window, EquatableArray<ElementwiseStep> Steps) : FusableOp(Steps)
{
    public override IEnumerable<string?> Details => [$"under {Window.Text}", .. base.Details];

    public override Arrangement ArrangementOf(Arrangement first) => Arrangement.Panels;

    public override bool ReadsPacked(int operand) => true;

    public override int OwnInputs => 2;

    public override bool SumsOverBatch => true;

    public override bool Folds => true;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        ConvolutionShapes.Fit(operands[1], result, operands[0], Window.Taps * operands[1].Last)
        && !Window.IsPadded(Image.Of(operands[1]), Image.Of(operands[0]));

    public override long MultiplyAdds(OpGraph graph, Op op) => op.Shape.Size * Image.Of(graph[op.Inputs[0]].Shape).Pixels;
}

/// <summary>
/// The kernel of the transposed convolution: w [taps·channels, units] to [taps·units, channels], the taps from the last to the first.
/// Operand: w.
/// </summary>
internal sealed record FlipKernelOp(int Taps) : OpKind
{
    public override IEnumerable<string?> Details => [$"of {NumberText.Of(Taps)} taps"];

    public override Arrangement ArrangementOf(Arrangement first) => Arrangement.Panels;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == 1 && operands[0][0] == Taps * result[1] && result[0] == Taps * operands[0][1];
}

/// <summary>How the values of a convolution, by channel or not, fit together.</summary>
internal static class ConvolutionShapes
{
    public static bool Fit(Shape x, Shape w, Shape y, int rows) => w == Shape.Of(rows, y.Last) && x.Rank is 2 or 3 && x.Rank == y.Rank;
}
