using Unroll.Generator.Graph.Loops;
using Unroll.Generator.Model;

namespace Unroll.Generator.Planning;

/// <summary>The kernels of a cell, in the order of its operations.</summary>
internal sealed record LoopPlan(EquatableArray<KernelPlan> Cell) : KernelPlan
{
    /// <summary>Those of operations whose results somebody reads.</summary>
    public IEnumerable<KernelPlan> Kernels => Cell.Where(static kernel => kernel is not ViewPlan);
}

/// <summary>Formulas over the units of a cell, sample by sample.</summary>
/// <param name="Program">The formulas; an operand read and another written are two.</param>
/// <param name="Operands">How each operand lies.</param>
/// <param name="Width">Floats of a part.</param>
internal sealed record LanePlan(LaneProgram Program, EquatableArray<LaneOperand> Operands, int Width) : KernelPlan
{
    public override bool TakesSamples => true;
}

/// <param name="Name">What it holds.</param>
/// <param name="Stride">Floats from one sample to the next.</param>
internal sealed record LaneOperand(string Name, int Stride);
