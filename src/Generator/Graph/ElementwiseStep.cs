using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>A function of one element (and at most one further operand) that maps a running value to the next.</summary>
internal abstract record ElementwiseStep
{
    /// <summary>The extra operand: none, one value a unit, or one an element.</summary>
    public virtual StepOperand Operand => StepOperand.None;

    /// <summary>Whether the step is a few instructions, cheap enough to repeat for every register of a tile.</summary>
    public virtual bool IsCheap => true;
}

internal enum StepOperand
{
    None,
    PerUnit,
    PerElement,
}

/// <summary>x + b[u].</summary>
internal sealed record AddBias : ElementwiseStep
{
    public override StepOperand Operand => StepOperand.PerUnit;
}

/// <summary>x + z, where two gradients of one value meet.</summary>
internal sealed record AddValue : ElementwiseStep
{
    public override StepOperand Operand => StepOperand.PerElement;
}

/// <summary>f(x).</summary>
internal sealed record Activate(Activation Activation) : ElementwiseStep
{
    public override bool IsCheap => ActivationTraits.IsCheap(Activation);
}

/// <summary>dy·f′, from the saved output y or input x of f, whichever <see cref="ActivationTraits.SavesOutput"/> names.</summary>
internal sealed record ActivateGradient(Activation Activation) : ElementwiseStep
{
    public override StepOperand Operand => StepOperand.PerElement;

    public override bool IsCheap => ActivationTraits.IsGradientCheap(Activation);
}

/// <summary>x/(1 − rate) where the mask of (seed, step, salt, position) keeps it, else 0. Its own gradient.</summary>
internal sealed record DropoutStep(float Rate, int Salt) : ElementwiseStep
{
    public override bool IsCheap => false;
}

/// <summary>g + l1·sign(w) + 2·l2·w.</summary>
internal sealed record AddPenaltyGradient(Penalty Penalty) : ElementwiseStep
{
    public override StepOperand Operand => StepOperand.PerElement;
}
