using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Unroll.Generator.Diagnostics;
using Unroll.Generator.Model;

namespace Unroll.Generator.Frontend;

/// <summary>The members generation adds must be free in the user's part.</summary>
internal static class MemberRules
{
    public static void Check(INamedTypeSymbol type, IEnumerable<GeneratedMember> members, string displayName, List<Problem> problems)
    {
        foreach (GeneratedMember generated in members)
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

    /// <summary>The generated constructor alone gives the base class its description, so every other one must lead there.</summary>
    public static void CheckConstructors(INamedTypeSymbol type, string displayName, List<Problem> problems)
    {
        GeneratedMember generated = GeneratedMember.All.First(static member => member.Name == GeneratedMember.ConstructorName);
        IReadOnlyList<ISymbol> constructors = type.GetMembers(GeneratedMember.ConstructorName);
        for (int i = 0; i < constructors.Count; i++)
        {
            if (!Collides(constructors[i], generated) && IsWithoutThis(constructors[i]))
            {
                problems.Add(Problem.At(
                    Place.Member(GeneratedMember.ConstructorName, i),
                    DiagnosticDescriptors.ConstructorWithoutThis,
                    displayName,
                    constructors[i].ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat)));
            }
        }
    }

    public static bool IsTaken(INamedTypeSymbol type, GeneratedMember generated) =>
        type.Name == generated.Name ||
        type.TypeParameters.Any(parameter => parameter.Name == generated.Name) ||
        IndexOfTaken(type, generated) >= 0;

    /// <summary>What the class inherits in the member's place, the nearest first.</summary>
    public static IEnumerable<ISymbol> Inherited(INamedTypeSymbol type, GeneratedMember generated) => generated.Name == GeneratedMember.ConstructorName
        ? []
        : TypeHeaderReader.BaseTypes(type)
            .Concat(type.TypeKind == TypeKind.Interface ? type.AllInterfaces : [])
            .SelectMany(level => level.GetMembers(generated.Name))
            .Where(member => member.DeclaredAccessibility != Accessibility.Private && Collides(member, generated));

    /// <summary>A parameter as <see cref="GeneratedMember.Parameters"/> has it.</summary>
    public static string Parameter(IParameterSymbol parameter) => (parameter.RefKind == RefKind.None ? "" : "ref ") + MetadataNames.Of(parameter.Type);

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

    private static bool IsWithoutThis(ISymbol constructor) => constructor.DeclaringSyntaxReferences.Any(static reference =>
        reference.GetSyntax() is ConstructorDeclarationSyntax declaration && !declaration.Initializer.IsKind(SyntaxKind.ThisConstructorInitializer));

    private static bool Collides(ISymbol member, GeneratedMember generated) =>
        generated.Parameters is not { } parameters ||
        member is not IMethodSymbol method ||
        (method.Arity == 0 && HasParameters(method, parameters));

    private static bool HasParameters(IMethodSymbol method, EquatableArray<string> parameters) =>
        method.Parameters.Length == parameters.Count &&
        method.Parameters.All(parameter => Parameter(parameter) == parameters[parameter.Ordinal]);
}
