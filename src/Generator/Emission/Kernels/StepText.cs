using Unroll.Generator.Graph;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>Elementwise steps as a formula for comments: <c>relu(x·kernel + bias)</c>.</summary>
internal static class StepText
{
    public static string Of(string value, IEnumerable<ElementwiseStep> steps)
    {
        IReadOnlyList<string?> operands = StepOperands.Names(steps);
        int index = 0;
        foreach (ElementwiseStep step in steps)
        {
            string? operand = operands[index++];
            value = step switch
            {
                AddBias or AddValue => $"{value} + {operand}",
                Activate activate => $"{Camel(activate.Activation)}({value})",
                ActivateGradient gradient => $"({value})·{Camel(gradient.Activation)}′({operand})",
                DropoutStep dropout => $"dropout({value}, {CSharpLiteral.Of(dropout.Rate)})",
                AddPenaltyGradient penalty => $"{value} + penalty′({operand})",
                _ => value,
            };
        }

        return value;
    }

    private static string Camel(Enum value)
    {
        string name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name.Substring(1);
    }
}
