using Microsoft.CodeAnalysis;
using Unroll.Generator.Diagnostics;
using Unroll.Generator.Model;

namespace Unroll.Generator.Frontend;

/// <summary>The members generation adds must be free in the user's part.</summary>
internal static class MemberRules
{
    public static void Check(INamedTypeSymbol type, string displayName, List<Problem> problems)
    {
        foreach (GeneratedMember generated in GeneratedMember.All)
        {
            if (type.Name == generated.Name)
            {
                problems.Add(Problem.At(Place.Network, DiagnosticDescriptors.MemberTaken, displayName, generated.Display, $"class {type.Name}"));
            }

            int index = IndexOfTaken(type, generated);
            if (index >= 0)
            {
                string declared = type.GetMembers(generated.Name)[index].ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
                problems.Add(Problem.At(
                    Place.Member(generated.Name, index),
                    DiagnosticDescriptors.MemberTaken,
                    displayName,
                    generated.Display,
                    declared));
            }
        }
    }

    /// <summary>Generated code creates instances, and has no values for members that must be given one.</summary>
    public static void CheckRequired(INamedTypeSymbol type, string displayName, List<Problem> problems)
    {
        foreach (ISymbol member in type.GetMembers())
        {
            if (member is IFieldSymbol { IsRequired: true } or IPropertySymbol { IsRequired: true })
            {
                problems.Add(Problem.At(Place.Member(member.Name), DiagnosticDescriptors.RequiredMember, displayName, member.Name));
            }
        }
    }

    public static bool IsTaken(INamedTypeSymbol type, GeneratedMember generated) =>
        type.Name == generated.Name || IndexOfTaken(type, generated) >= 0;

    private static int IndexOfTaken(INamedTypeSymbol type, GeneratedMember generated)
    {
        IReadOnlyList<ISymbol> members = type.GetMembers(generated.Name);
        for (int i = 0; i < members.Count; i++)
        {
            if (!members[i].IsImplicitlyDeclared && Collides(members[i], generated))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool Collides(ISymbol member, GeneratedMember generated) =>
        generated.Parameters is not { } parameters ||
        member is not IMethodSymbol method ||
        (method.Arity == 0 && HasParameters(method, parameters));

    private static bool HasParameters(IMethodSymbol method, EquatableArray<string> parameters) =>
        method.Parameters.Length == parameters.Count &&
        method.Parameters.All(parameter =>
            parameter.RefKind == RefKind.None && MetadataNames.Of(parameter.Type) == parameters[parameter.Ordinal]);
}
