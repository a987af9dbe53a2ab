using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>A function of one element and further operands that maps a running value to the next.</summary>
internal abstract record ElementwiseStep
{
    /// <summary>The extra operands, in the order in which they stand among the operation's inputs.</summary>
    public virtual EquatableArray<StepOperand> Operands => default;

    /// <summary>Whether the step is a few instructions, cheap enough to repeat for every register of a tile.</summary>
    public virtual bool IsCheap => true;

    /// <summary>Whether the step draws random numbers, and is left out of inference.</summary>
    public virtual bool IsNoise => false;
}

/// <summary>An extra operand of a step.</summary>
/// <param name="Name">What it is called in the emitted kernel.</param>
/// <param name="Extent">How many values it has.</param>
internal sealed record StepOperand(string Name, OperandExtent Extent);

internal enum OperandExtent
{
    /// <summary>One value, or one row of values, a unit of the last axis.</summary>
    Unit,

    /// <summary>One value an element of a sample, the same for all samples.</summary>
    Sample,

    /// <summary>One value an element.</summary>
    Element,
}

/// <summary>A step with one extra operand.</summary>
internal abstract record StepWithOperand(string OperandName, OperandExtent Extent) : ElementwiseStep
{
    public sealed override EquatableArray<StepOperand> Operands => EquatableArray.Of(new StepOperand(OperandName, Extent));
}

/// <summary>x + b[u].</summary>
internal sealed record AddBias() : StepWithOperand("bias", OperandExtent.Unit);

/// <summary>x·s[u].</summary>
internal sealed record ScaleUnits() : StepWithOperand("scale", OperandExtent.Unit);

/// <summary>x·a[0, u] + a[1, u].</summary>
internal sealed record AffineUnits() : StepWithOperand("affine", OperandExtent.Unit);

/// <summary>(x − s[1, u])·s[0, u]: a mean far above the deviation goes first, before rounding can reach what is left.</summary>
internal sealed record NormalizeUnits() : StepWithOperand("statistics", OperandExtent.Unit);

/// <summary>x·scale + offset with constants.</summary>
internal sealed record Rescale(float Scale, float Offset) : ElementwiseStep;

/// <summary>x + z, where two paths meet.</summary>
internal sealed record AddValue() : StepWithOperand("addend", OperandExtent.Element);

/// <summary>x − z.</summary>
internal sealed record SubtractValue() : StepWithOperand("subtrahend", OperandExtent.Element);

/// <summary>The larger of x and z, or the smaller.</summary>
internal sealed record ExtremeOfValues(bool IsMaximum) : StepWithOperand("other", OperandExtent.Element);

/// <summary>dy where the first operand is the extreme of both, half of it where they are equal, else 0.</summary>
internal sealed record ExtremeGradient(bool IsMaximum) : ElementwiseStep
{
    public override EquatableArray<StepOperand> Operands => EquatableArray.Of(
        new StepOperand("own", OperandExtent.Element), new StepOperand("other", OperandExtent.Element));
}

/// <summary>x·z.</summary>
internal sealed record MultiplyValue() : StepWithOperand("factor", OperandExtent.Element);

/// <summary>f(x).</summary>
internal sealed record Activate(ActivationFunction Function) : ElementwiseStep
{
    public override bool IsCheap => Function.IsCheap;
}

/// <summary>dy·f′, from the saved output y or input x of f, whichever <see cref="ActivationFunction.SavesOutput"/> names.</summary>
internal sealed record ActivateGradient(ActivationFunction Function) : StepWithOperand("saved", OperandExtent.Element)
{
    public override bool IsCheap => Function.IsGradientCheap;
}

/// <summary>x where positive, else slope·x.</summary>
internal sealed record ParametricRelu() : StepWithOperand("slope", OperandExtent.Sample);

/// <summary>dy where x is positive, else slope·dy.</summary>
internal sealed record ParametricReluGradient : ElementwiseStep
{
    public override EquatableArray<StepOperand> Operands => EquatableArray.Of(
        new StepOperand("saved", OperandExtent.Element), new StepOperand("slope", OperandExtent.Sample));
}

/// <summary>dy·min(x, 0): what the slope of a parametric rectifier receives.</summary>
internal sealed record NegativePart() : StepWithOperand("saved", OperandExtent.Element);

/// <summary>(x − m[0, u])·m[2, u] with the moments of the batch.</summary>
internal sealed record Standardize() : StepWithOperand("moments", OperandExtent.Unit);

/// <summary>(dy − p[0, u] − x̂·p[1, u])·m[2, u], where p holds the batch means of dy and dy·x̂: the derivative of standardizing.</summary>
internal sealed record StandardizeGradient : ElementwiseStep
{
    public override EquatableArray<StepOperand> Operands => EquatableArray.Of(
        new StepOperand("standardized", OperandExtent.Element),
        new StepOperand("projections", OperandExtent.Unit),
        new StepOperand("moments", OperandExtent.Unit));
}

/// <summary>A step that draws random numbers from (seed, step, salt, position).</summary>
internal abstract record NoiseStep(int Salt) : ElementwiseStep
{
    public override bool IsCheap => false;

    public override bool IsNoise => true;
}

/// <summary>x/(1 − rate) where the mask keeps it, else 0. Its own gradient.</summary>
internal sealed record DropoutStep(float Rate, int Salt) : NoiseStep(Salt)
{
    /// <summary>Whether a channel of a sample is kept or dropped as a whole.</summary>
    public bool OfChannels { get; init; }
}

/// <summary>x + deviation·N(0, 1).</summary>
internal sealed record AddGaussian(float Deviation, int Salt) : NoiseStep(Salt);

/// <summary>x·(1 + deviation·N(0, 1)). Its own gradient.</summary>
internal sealed record MultiplyGaussian(float Deviation, int Salt) : NoiseStep(Salt);

/// <summary>kept ? scale·x + offset : dropped, the terms of alpha dropout; its gradient has offset and dropped 0.</summary>
internal sealed record AlphaDropoutStep(float Rate, float Scale, float Offset, float Dropped, int Salt) : NoiseStep(Salt);

/// <summary>g + l1·sign(w) + 2·l2·w.</summary>
internal sealed record AddPenaltyGradient(Penalty Penalty) : StepWithOperand("weights", OperandExtent.Element);
