using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>Softmax over the last axis. Operand: x.</summary>
internal sealed record SoftmaxOp : OpKind
{
    public override Activation? AsHead => Activation.Softmax;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) => operands.Count == 1 && operands[0] == result;

    public override void Differentiate(GradientTape tape, Op op, Op dy) =>
        tape.Contribute(op, 0, new SoftmaxGradientOp(), "SoftmaxGradient", op, dy);
}

/// <summary>dx = y·(dy − Σ y·dy). Operands: y, dy.</summary>
internal sealed record SoftmaxGradientOp : OpKind
{
    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) => operands.Count == 2 && operands.All(operand => operand == result);
}

/// <summary>y = x − ln Σ e^x over the last axis. Operand: x.</summary>
internal sealed record LogSoftmaxOp : OpKind
{
    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) => operands.Count == 1 && operands[0] == result;

    public override void Differentiate(GradientTape tape, Op op, Op dy) =>
        tape.Contribute(op, 0, new LogSoftmaxGradientOp(), "LogSoftmaxGradient", op, dy);
}

/// <summary>dx = dy − e^y·Σ dy. Operands: y, dy.</summary>
internal sealed record LogSoftmaxGradientOp : OpKind
{
    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) => operands.Count == 2 && operands.All(operand => operand == result);
}
