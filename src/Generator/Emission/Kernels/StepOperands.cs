using Unroll.Generator.Graph;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>The operands that elementwise steps bring along, with the names they have in an emitted kernel.</summary>
internal static class StepOperands
{
    /// <summary>The names of each step's operands; a name that several steps use is numbered.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Names(IEnumerable<ElementwiseStep> steps)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return [.. steps.Select(step => step.Operands.Select(operand => Unique(operand.Name, taken)).ToArray())];
    }

    public static IEnumerable<KernelParameter> References(IEnumerable<ElementwiseStep> steps) =>
        Names(steps).SelectMany(static names => names).Select(KernelParameter.Reference);

    /// <summary>The arguments that are no operands: the noise of this step and where in the batch the first vector stands.</summary>
    public static IEnumerable<KernelParameter> Scalars(IEnumerable<ElementwiseStep> steps)
    {
        if (steps.Any(static step => step.IsNoise))
        {
            yield return new KernelParameter("ulong", "noise");
            yield return KernelParameter.Count("firstVector");
        }
    }

    private static string Unique(string name, HashSet<string> taken)
    {
        string unique = name;
        for (int number = 2; !taken.Add(unique); number++)
        {
            unique = name + CSharpLiteral.Of(number);
        }

        return unique;
    }
}
