using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>A value whose elements are all the same. Operand: any value, which is not read.</summary>
internal sealed record FillOp(float Value) : OpKind
{
    public override IEnumerable<string?> Details => [$"of {NumberText.Of(Value)}"];

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) => operands.Count == 1 && result.Rank == 1;

    public override void Differentiate(GradientTape tape, Op op, Op dy)
    {
    }
}
