using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>f(x).</summary>
internal sealed record Activate(ActivationFunction Function) : ElementwiseStep
{
    public override string Text => Function.Text;

    public override bool IsCheap => Function.IsCheap;

    // dx = dy·f′
    public override void Differentiate(GradientTape tape, Op op, Op dy) =>
        tape.Contribute(op, 0, new ActivateGradient(Function), "ActivationGradient", dy, Function.SavesOutput ? op : tape[op, 0]);
}

/// <summary>dy·f′, from the saved output y or input x of f, whichever <see cref="ActivationFunction.SavesOutput"/> names.</summary>
internal sealed record ActivateGradient(ActivationFunction Function) : StepWithOperand("saved", OperandExtent.Element)
{
    public override string Text => $"{Function.Kind}Gradient{Function.CoefficientText}";

    public override bool IsCheap => Function.IsGradientCheap;
}

/// <summary>x where positive, else slope·x.</summary>
internal sealed record ParametricRelu() : StepWithOperand("slope", OperandExtent.Sample)
{
    // dx = dy or slope·dy,  dslope = Σ dy·min(x, 0)
    public override void Differentiate(GradientTape tape, Op op, Op dy)
    {
        tape.Contribute(op, 0, new ParametricReluGradient(), "Gradient", dy, tape[op, 0], tape[op, 1]);
        tape.Contribute(op, 1, new BatchSumOp(default), "SlopeGradient", tape.Step(op, new NegativePart(), "SlopeProduct", dy, tape[op, 0]));
    }
}

/// <summary>dy where x is positive, else slope·dy.</summary>
internal sealed record ParametricReluGradient : ElementwiseStep
{
    public override EquatableArray<StepOperand> Operands => EquatableArray.Of(
        new StepOperand("saved", OperandExtent.Element), new StepOperand("slope", OperandExtent.Sample));
}

/// <summary>dy·min(x, 0): what the slope of a parametric rectifier receives.</summary>
internal sealed record NegativePart() : StepWithOperand("saved", OperandExtent.Element);
