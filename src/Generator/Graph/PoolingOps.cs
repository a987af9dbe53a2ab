using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

internal enum Pooling
{
    Max,
    Average,
}

/// <summary>Blocks of pixels that lie side by side, of which each becomes one.</summary>
internal sealed record PixelBlock(Pooling Pooling, int Rows, int Columns)
{
    public string Text => $"{Pooling} of {NumberText.Of(Rows)} × {NumberText.Of(Columns)}";

    public int Pixels => Rows * Columns;
}

/// <summary>The greatest value or the mean under a window, of each channel; what the window has outside x does not count. Operand: x.</summary>
internal sealed record PoolOp(Pooling Pooling, Window Window) : OpKind
{
    public override IEnumerable<string?> Details => [$"{Pooling} under {Window.Text}"];

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == 1 && operands[0].Last == result.Last && operands[0].Rank == result.Rank;

    public override void Differentiate(GradientTape tape, Op op, Op dy)
    {
        Op x = tape[op, 0];
        Op[] operands = Pooling == Pooling.Max ? [dy, x, op] : [dy];
        tape.Contribute(op, 0, new PoolGradientOp(Pooling, Window), "Gradient", operands);
    }
}

/// <summary>
/// The gradient of <see cref="PoolOp"/>: to the first of the greatest values, rows first, or in equal shares. Operands: dy, and for the
/// greatest x and y.
/// </summary>
internal sealed record PoolGradientOp(Pooling Pooling, Window Window) : OpKind
{
    public override IEnumerable<string?> Details => [$"{Pooling} under {Window.Text}"];

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == (Pooling == Pooling.Average ? 1 : 3)
        && operands[0].Last == result.Last
        && (Pooling == Pooling.Average || (operands[1] == result && operands[2] == operands[0]));
}

/// <summary>The greatest value or the mean of each channel over all pixels. Operand: x.</summary>
internal sealed record GlobalPoolOp(Pooling Pooling) : OpKind
{
    public override IEnumerable<string?> Details => [$"{Pooling}"];

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) => operands.Count == 1 && operands[0].Last == result.Last && result.Vectors == 1;

    public override void Differentiate(GradientTape tape, Op op, Op dy)
    {
        Op x = tape[op, 0];
        Op[] operands = Pooling == Pooling.Max ? [dy, x, op] : [dy];
        tape.Contribute(op, 0, new GlobalPoolGradientOp(Pooling), "Gradient", operands);
    }
}

/// <summary>
/// The gradient of <see cref="GlobalPoolOp"/>: shared among the greatest values, or among all. Operands: dy, and for the greatest x and y.
/// </summary>
internal sealed record GlobalPoolGradientOp(Pooling Pooling) : OpKind
{
    public override IEnumerable<string?> Details => [$"{Pooling}"];

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == (Pooling == Pooling.Average ? 1 : 3)
        && operands[0].Last == result.Last
        && (Pooling == Pooling.Average || (operands[1] == result && operands[2] == operands[0]));
}
