using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>A function of one element and further operands that maps a running value to the next.</summary>
internal abstract record ElementwiseStep
{
    /// <summary>What it is called where a graph is printed, its arguments included.</summary>
    public virtual string Text => GetType().Name;

    /// <summary>The extra operands, in the order in which they stand among the operation's inputs.</summary>
    public virtual EquatableArray<StepOperand> Operands => default;

    /// <summary>Whether the step is a few instructions, cheap enough to repeat for every register of a tile.</summary>
    public virtual bool IsCheap => true;

    /// <summary>Whether the step draws random numbers, and is left out of inference.</summary>
    public virtual bool IsNoise => false;

    /// <summary>Adds to the graph what the operands of <paramref name="op"/>, which is this step alone, receive, given the gradient of its result.</summary>
    public virtual void Differentiate(GradientTape tape, Op op, Op dy) =>
        throw new InvalidOperationException($"no gradient rule for {GetType().Name}");
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
