using Unroll.Generator.Graph;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>One argument of an emitted kernel.</summary>
internal sealed record KernelParameter(string Type, string Name)
{
    public static KernelParameter Reference(string name) => new("ref float", name);

    public static KernelParameter Count(string name) => new("nuint", name);

    public string Declaration => $"{Type} {Name}";

    public string Argument => Type.StartsWith("ref ", StringComparison.Ordinal) ? $"ref {Name}" : Name;
}

/// <summary>The operands that elementwise steps bring along, with the names they have in an emitted kernel.</summary>
internal static class StepOperands
{
    /// <summary>The names of the steps' operands, in order; null for a step without one.</summary>
    public static IReadOnlyList<string?> Names(IEnumerable<ElementwiseStep> steps)
    {
        var names = new List<string?>();
        foreach (ElementwiseStep step in steps)
        {
            string? name = step switch
            {
                AddBias => "bias",
                AddValue => "addend",
                ActivateGradient => "saved",
                AddPenaltyGradient => "weights",
                { Operand: StepOperand.None } => null,
                _ => throw new InvalidOperationException($"no operand name for {step.GetType().Name}"),
            };
            int twins = names.Count(other => other is not null && name is not null && other.StartsWith(name, StringComparison.Ordinal));
            names.Add(twins > 0 ? $"{name}{twins + 1}" : name);
        }

        return names;
    }

    public static IEnumerable<KernelParameter> References(IEnumerable<ElementwiseStep> steps) =>
        Names(steps).Where(static name => name is not null).Select(static name => KernelParameter.Reference(name!));

    /// <summary>Dropout's extra arguments: the noise of this step, and where in the batch the first vector stands.</summary>
    public static IEnumerable<KernelParameter> Noise(IEnumerable<ElementwiseStep> steps) => steps.Any(static step => step is DropoutStep)
        ? [new KernelParameter("ulong", "noise"), KernelParameter.Count("firstVector")]
        : [];
}
