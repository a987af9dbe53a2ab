using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>x + b[u].</summary>
internal sealed record AddBias() : StepWithOperand("bias", OperandExtent.Unit)
{
    // dx = dy,  db = Σ dy
    public override void Differentiate(GradientTape tape, Op op, Op dy)
    {
        tape.Contribute(tape[op, 0], dy);
        tape.Contribute(op, 1, new BatchSumOp(default), "BiasGradient", dy);
    }
}

/// <summary>x·s[u].</summary>
internal sealed record ScaleUnits() : StepWithOperand("scale", OperandExtent.Unit)
{
    // dx = s·dy,  ds = Σ x·dy
    public override void Differentiate(GradientTape tape, Op op, Op dy)
    {
        tape.Contribute(op, 0, new ScaleUnits(), "ScaledGradient", dy, tape[op, 1]);
        tape.Contribute(op, 1, new BatchSumOp(default), "ScaleGradient", tape.Step(op, new MultiplyValue(), "ScaleProduct", dy, tape[op, 0]));
    }
}

/// <summary>x·a[0, u] + a[1, u].</summary>
internal sealed record AffineUnits() : StepWithOperand("affine", OperandExtent.Unit)
{
    // dx = a₀·dy, with a fixed
    public override void Differentiate(GradientTape tape, Op op, Op dy) =>
        tape.Contribute(op, 0, new ScaleUnits(), "Gradient", dy, tape[op, 1]);
}

/// <summary>(x − s[1, u])·s[0, u]: a mean far above the deviation goes first, before rounding can reach what is left.</summary>
internal sealed record NormalizeUnits() : StepWithOperand("statistics", OperandExtent.Unit)
{
    // dx = s₀·dy, with s fixed
    public override void Differentiate(GradientTape tape, Op op, Op dy) =>
        tape.Contribute(op, 0, new ScaleUnits(), "Gradient", dy, tape[op, 1]);
}

/// <summary>x·scale + offset with constants.</summary>
internal sealed record Rescale(float Scale, float Offset) : ElementwiseStep
{
    public override string Text => $"{base.Text} by {NumberText.Of(Scale)} plus {NumberText.Of(Offset)}";

    // dx = scale·dy
    public override void Differentiate(GradientTape tape, Op op, Op dy) =>
        tape.Contribute(op, 0, this with { Offset = 0f }, "Gradient", dy);
}

/// <summary>(x − m[0, u])·m[2, u] with the moments of the batch.</summary>
internal sealed record Standardize() : StepWithOperand("moments", OperandExtent.Unit)
{
    // dx = (dx̂ − mean(dx̂) − x̂·mean(dx̂·x̂))·r over what the moments are of
    public override void Differentiate(GradientTape tape, Op op, Op dy)
    {
        Op moments = tape[op, 1];
        Op Projections(OpKind kind, params Op[] values) => tape.Writer.Add(
            kind, Shape.Of(2, op.Shape.Last), OpScope.Step, tape.Label(op, "Projections"), values);
        if (moments.Kind is MaskedMomentsOp)
        {
            Op mask = tape[moments, 1];
            Op projections = Projections(new MaskedProjectionsOp(), dy, op, mask);
            tape.Contribute(op, 0, new MaskedStandardizeGradientOp(), "Gradient", dy, op, projections, moments, mask);
        }
        else
        {
            tape.Contribute(op, 0, new StandardizeGradient(), "Gradient", dy, op, Projections(new BatchProjectionsOp(), dy, op), moments);
        }
    }
}

/// <summary>(dy − p[0, u] − x̂·p[1, u])·m[2, u], where p holds the batch means of dy and dy·x̂: the derivative of standardizing.</summary>
internal sealed record StandardizeGradient : ElementwiseStep
{
    public override EquatableArray<StepOperand> Operands => EquatableArray.Of(
        new StepOperand("standardized", OperandExtent.Element),
        new StepOperand("projections", OperandExtent.Unit),
        new StepOperand("moments", OperandExtent.Unit));
}

/// <summary>g + l1·sign(w) + 2·l2·w.</summary>
internal sealed record AddPenaltyGradient(Penalty Penalty) : StepWithOperand("weights", OperandExtent.Element)
{
    public override string Text => $"{base.Text} {Penalty.Text}";
}
