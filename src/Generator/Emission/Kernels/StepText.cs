using Unroll.Generator.Graph;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>Elementwise steps as a formula for comments: <c>relu(x·kernel + bias)</c>.</summary>
internal static class StepText
{
    public static string Of(string value, IEnumerable<ElementwiseStep> steps)
    {
        IReadOnlyList<IReadOnlyList<string>> operands = StepOperands.Names(steps);
        int index = 0;
        foreach (ElementwiseStep step in steps)
        {
            IReadOnlyList<string> names = operands[index++];
            value = step switch
            {
                AddBias or AddValue => $"{value} + {names[0]}",
                SubtractValue => $"{value} - {names[0]}",
                ScaleUnits or MultiplyValue => $"({value})·{names[0]}",
                Activate activate => $"{Camel(activate.Function.Kind)}({value})",
                ActivateGradient gradient => $"({value})·{Camel(gradient.Function.Kind)}′({names[0]})",
                _ => $"{Camel(step.GetType().Name)}({string.Join(", ", names.Prepend(value))})",
            };
        }

        return value;
    }

    private static string Camel(Enum value) => Camel(value.ToString());

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);
}
