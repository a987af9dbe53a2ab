using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>Where the elements of an axis stand in a longer one: element i at <c>Before + i·Stride</c>, which may lie outside.</summary>
internal sealed record Placement(int Before, int Stride = 1)
{
    public string Text => $"from {NumberText.Of(Before)}{(Stride == 1 ? "" : $" by {NumberText.Of(Stride)}")}";

    /// <summary>The place behind the last of <paramref name="count"/>.</summary>
    public int End(int count) => Before + ((count - 1) * Stride) + 1;
}

/// <summary>The pixels of x among zeros; those that would stand outside are left out. Operand: x.</summary>
internal sealed record PlaceOp(Placement Rows, Placement Columns) : OpKind
{
    public override IEnumerable<string?> Details => [$"rows {Rows.Text}", $"columns {Columns.Text}"];

    public override bool ReadsPacked(int operand) => true;

    public override bool StaysPacked => true;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == 1 && operands[0].Last == result.Last && operands[0].Rank == result.Rank;

    public override void Differentiate(GradientTape tape, Op op, Op dy) =>
        tape.Contribute(op, 0, new PickOp(Rows, Columns), "Gradient", dy);
}

/// <summary>The adjoint of <see cref="PlaceOp"/>: the pixels of x that it would have put there, 0 for those left out. Operand: x.</summary>
internal sealed record PickOp(Placement Rows, Placement Columns) : OpKind
{
    public override IEnumerable<string?> Details => [$"rows {Rows.Text}", $"columns {Columns.Text}"];

    public override bool ReadsPacked(int operand) => true;

    public override bool StaysPacked => true;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == 1 && operands[0].Last == result.Last && operands[0].Rank == result.Rank;

    public override void Differentiate(GradientTape tape, Op op, Op dy) =>
        tape.Contribute(op, 0, new PlaceOp(Rows, Columns), "Gradient", dy);
}
