using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>x/max(‖x‖₂, least) of each vector. Operand: x.</summary>
internal sealed record UnitNormalizeOp(float Least = 1e-7f) : OpKind
{
    public override IEnumerable<string?> Details => [$"least {NumberText.Of(Least)}"];

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) => operands.Count == 1 && operands[0] == result;

    public override void Differentiate(GradientTape tape, Op op, Op dy) =>
        tape.Contribute(op, 0, new UnitNormalizeGradientOp(Least), "Gradient", tape[op, 0], op, dy);
}

/// <summary>The gradient of <see cref="UnitNormalizeOp"/>. Operands: x, y, dy.</summary>
internal sealed record UnitNormalizeGradientOp(float Least) : OpKind
{
    public override IEnumerable<string?> Details => [$"least {NumberText.Of(Least)}"];

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) => operands.Count == 3 && operands.All(operand => operand == result);
}
