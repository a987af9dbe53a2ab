using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>x + z, where two paths meet.</summary>
internal sealed record AddValue() : StepWithOperand("addend", OperandExtent.Element)
{
    // dx = dz = dy
    public override void Differentiate(GradientTape tape, Op op, Op dy)
    {
        tape.Contribute(tape[op, 0], dy);
        tape.Contribute(tape[op, 1], dy);
    }
}

/// <summary>x − z.</summary>
internal sealed record SubtractValue() : StepWithOperand("subtrahend", OperandExtent.Element)
{
    // dx = dy,  dz = −dy
    public override void Differentiate(GradientTape tape, Op op, Op dy)
    {
        Op negated = tape.Step(op, new Rescale(-1f, 0f), "SubtrahendGradient", dy);
        tape.Contribute(tape[op, 0], dy);
        tape.Contribute(tape[op, 1], negated);
    }
}

/// <summary>x·z.</summary>
internal sealed record MultiplyValue() : StepWithOperand("factor", OperandExtent.Element)
{
    // dx = dy·z,  dz = dy·x
    public override void Differentiate(GradientTape tape, Op op, Op dy)
    {
        Op dx = tape.Step(op, new MultiplyValue(), "Gradient", dy, tape[op, 1]);
        Op dz = tape.Step(op, new MultiplyValue(), "FactorGradient", dy, tape[op, 0]);
        tape.Contribute(tape[op, 0], dx);
        tape.Contribute(tape[op, 1], dz);
    }
}

/// <summary>The larger of x and z, or the smaller.</summary>
internal sealed record ExtremeOfValues(bool IsMaximum) : StepWithOperand("other", OperandExtent.Element)
{
    public override string Text => $"{base.Text} {(IsMaximum ? "Maximum" : "Minimum")}";

    // The extreme receives dy, half of it where both are equal.
    public override void Differentiate(GradientTape tape, Op op, Op dy)
    {
        var gradient = new ExtremeGradient(IsMaximum);
        Op dx = tape.Step(op, gradient, "Gradient", dy, tape[op, 0], tape[op, 1]);
        Op dz = tape.Step(op, gradient, "OtherGradient", dy, tape[op, 1], tape[op, 0]);
        tape.Contribute(tape[op, 0], dx);
        tape.Contribute(tape[op, 1], dz);
    }
}

/// <summary>dy where the first operand is the extreme of both, half of it where they are equal, else 0.</summary>
internal sealed record ExtremeGradient(bool IsMaximum) : ElementwiseStep
{
    public override string Text => $"{base.Text} {(IsMaximum ? "Maximum" : "Minimum")}";

    public override EquatableArray<StepOperand> Operands => EquatableArray.Of(
        new StepOperand("own", OperandExtent.Element), new StepOperand("other", OperandExtent.Element));
}
