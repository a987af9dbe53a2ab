using System.Globalization;
using Microsoft.CodeAnalysis;
using Unroll.Generator.Diagnostics;
using Unroll.Generator.Model;

namespace Unroll.Generator.Frontend;

/// <summary>Reads <c>[Budget]</c>, which may stand on any declaration of the class.</summary>
internal static class BudgetReader
{
    public static AttributeData? Find(INamedTypeSymbol type) =>
        type.GetAttributes().FirstOrDefault(static attribute => MetadataNames.Is(attribute.AttributeClass, MetadataNames.Budget));

    public static BudgetSpec Read(INamedTypeSymbol type, string displayName, List<Problem> problems)
    {
        if (Find(type) is not { } budget)
        {
            return BudgetSpec.None;
        }

        long Limit(string name)
        {
            TypedConstant value = budget.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value;
            if (value.Kind == TypedConstantKind.Error && budget.NamedArguments.Any(argument => argument.Key == name))
            {
                problems.Add(Problem.At(
                    Place.Budget(name), DiagnosticDescriptors.UnreadableArgument, $"Network {displayName}", $"[{AttributeSource.Text(budget)}]"));
            }

            if (value.Value is not long limit)
            {
                return long.MaxValue;
            }

            if (limit < 1)
            {
                problems.Add(Problem.At(
                    Place.Budget(name), DiagnosticDescriptors.BudgetOutOfRange, displayName, name, limit.ToString(CultureInfo.InvariantCulture)) with
                {
                    Replacement = limit is < 0 and > long.MinValue ? (-limit).ToString(CultureInfo.InvariantCulture) : null,
                });
            }

            return limit;
        }

        return new BudgetSpec(Limit(BudgetLimits.Parameters), Limit(BudgetLimits.MultiplyAdds), Limit(BudgetLimits.Bytes));
    }
}
