using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>
/// y[p, u] = Σₖ Σ_c x[p at tap k, c]·w[k·channels + c, u] for each pixel p. Operands: x, w.
/// </summary>
internal sealed record ConvolutionOp(Window Window, EquatableArray<ElementwiseStep> Steps) : ImageOp(Steps)
{
    public override bool ReadsPacked(int operand) => true;

    /// <summary>What is pooled behind the steps, if anything: then y has one pixel for each block.</summary>
    public PixelBlock? Pooled { get; init; }

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        ConvolutionShapes.Fit(Window, operands[0], operands[1], result)
        && (Pooled is null || HasPositions(Margins.Inside(Image.Of(result)), Image.Of(operands[0]), Pooled));

    // Zeros are in place by then.
    private bool HasPositions(Image y, Image x, PixelBlock block) =>
        Window.Rows.After(x.Rows, y.Rows * block.Rows) <= 0 && Window.Columns.After(x.Columns, y.Columns * block.Columns) <= 0;

    // y is linear in x and in w:  dx = the transposed convolution of dy,  dw = Σ x at tap k · dy
    public override void Differentiate(GradientTape tape, Op op, Op dy)
    {
        tape.Contribute(op, 0, new TransposedConvolutionOp(Window), "InputGradient", dy, tape[op, 1]);
        tape.Contribute(op, 1, new ConvolutionKernelGradientOp(Window, default), "KernelGradient", dy, tape[op, 0]);
    }
}

/// <summary>The adjoint of <see cref="ConvolutionOp"/> in x: y[p at tap k, c] = Σ x[p, u]·w[k·channels + c, u]. Operands: x, w.</summary>
internal sealed record TransposedConvolutionOp(Window Window) : OpKind
{
    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == 2 && ConvolutionShapes.Fit(Window, result, operands[1], operands[0]);

    public override void Differentiate(GradientTape tape, Op op, Op dy)
    {
        tape.Contribute(op, 0, new ConvolutionOp(Window, default), "InputGradient", dy, tape[op, 1]);
        tape.Contribute(op, 1, new ConvolutionKernelGradientOp(Window, default), "KernelGradient", tape[op, 0], dy);
    }
}

/// <summary>dw[k·channels + c, u] = Σ x[p at tap k, c]·dy[p, u] over all pixels of the batch. Operands: dy, x.</summary>
internal sealed record ConvolutionKernelGradientOp(Window Window, EquatableArray<ElementwiseStep> Steps) : FusableOp(Steps)
{
    public override bool ReadsPacked(int operand) => true;

    public override int OwnInputs => 2;

    public override bool SumsOverBatch => true;

    public override bool Folds => true;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        ConvolutionShapes.Fit(Window, operands[1], result, operands[0]);
}

/// <summary>
/// The kernel of the transposed convolution: w [taps·channels, units] to [taps·units, channels], the taps from the last to the first.
/// Operand: w.
/// </summary>
internal sealed record FlipKernelOp(int Taps) : OpKind
{
    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == 1 && operands[0][0] == Taps * result[1] && result[0] == Taps * operands[0][1];
}

/// <summary>How the operands of a convolution fit together.</summary>
internal static class ConvolutionShapes
{
    public static bool Fit(Window window, Shape x, Shape w, Shape y) =>
        w.Rank == 2 && w[0] == window.Taps * x.Last && w[1] == y.Last && x.Rank == y.Rank;
}
