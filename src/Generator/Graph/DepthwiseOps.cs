using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>y[p, c] = Σₖ x[p at tap k, c]·w[k, c]: each channel is convolved by itself. Operands: x, w.</summary>
internal sealed record DepthwiseOp(Window Window, EquatableArray<ElementwiseStep> Steps) : ImageOp(Steps)
{
    public override IEnumerable<string?> Details => [$"under {Window.Text}", .. base.Details];

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands[0].Last == result.Last && ConvolutionShapes.Fit(operands[0], operands[1], result, Window.Taps)
        && !Window.IsPadded(Image.Of(operands[0]), Margins.Inside(Image.Of(result)));

    public override long MultiplyAdds(OpGraph graph, Op op) => Margins.Inside(Image.Of(op.Shape)).Pixels * graph[op.Inputs[1]].Shape.Size;
}

/// <summary>dw[k, c] = Σ x[p at tap k, c]·dy[p, c] over all pixels of the batch. Operands: dy, x.</summary>
internal sealed record DepthwiseKernelGradientOp(Window Window, EquatableArray<ElementwiseStep> Steps) : FusableOp(Steps)
{
    public override IEnumerable<string?> Details => [$"under {Window.Text}", .. base.Details];

    public override int OwnInputs => 2;

    public override bool SumsOverBatch => true;

    public override bool Folds => true;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands[0].Last == operands[1].Last && ConvolutionShapes.Fit(operands[1], result, operands[0], Window.Taps)
        && !Window.IsPadded(Image.Of(operands[1]), Image.Of(operands[0]));

    public override long MultiplyAdds(OpGraph graph, Op op) => op.Shape.Size * Image.Of(graph[op.Inputs[0]].Shape).Pixels;
}

/// <summary>The rows of w from the last to the first. Operand: w.</summary>
internal sealed record ReverseRowsOp : OpKind
{
    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) => operands.Count == 1 && operands[0] == result;
}

/// <summary>Each channel Count times, one after another. Operand: x.</summary>
internal sealed record RepeatChannelsOp(int Count) : OpKind
{
    public override IEnumerable<string?> Details => [$"{NumberText.Of(Count)} times"];

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == 1 && operands[0].Vectors == result.Vectors && operands[0].Last * Count == result.Last;

    public override void Differentiate(GradientTape tape, Op op, Op dy) =>
        tape.Contribute(op, 0, new SumChannelsOp(Count), "ChannelGradient", dy);
}

/// <summary>The sums of Count channels, one after another. Operand: x.</summary>
internal sealed record SumChannelsOp(int Count) : OpKind
{
    public override IEnumerable<string?> Details => [$"of {NumberText.Of(Count)}"];

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == 1 && operands[0].Vectors == result.Vectors && operands[0].Last == result.Last * Count;
}
