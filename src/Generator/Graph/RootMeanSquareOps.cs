using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>Each vector divided by its root mean square: x/√(Σx²/n + Epsilon). Operand: x.</summary>
internal sealed record RootMeanSquareOp(float Epsilon) : OpKind
{
    public override IEnumerable<string?> Details => [$"epsilon {NumberText.Of(Epsilon)}"];

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) => operands.Count == 1 && operands[0] == result;

    public override void Differentiate(GradientTape tape, Op op, Op dy) =>
        tape.Contribute(op, 0, new RootMeanSquareGradientOp(Epsilon), "Gradient", dy, tape[op, 0]);
}

/// <summary>The gradient of <see cref="RootMeanSquareOp"/>: with y = x·r, dx = r·(dy − y·Σ dy·y/n). Operands: dy, x.</summary>
internal sealed record RootMeanSquareGradientOp(float Epsilon) : OpKind
{
    public override IEnumerable<string?> Details => [$"epsilon {NumberText.Of(Epsilon)}"];

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == 2 && operands[0] == result && operands[1] == result;
}
