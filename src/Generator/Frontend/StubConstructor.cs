using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Unroll.Generator.Model;

namespace Unroll.Generator.Frontend;

/// <summary>The constructor of a rejected class.</summary>
internal static class StubConstructor
{
    private static readonly GeneratedMember s_generated = GeneratedMember.All.First(static member => member.Name == GeneratedMember.ConstructorName);

    /// <returns>For instance <c>public Net(int? seed = null) : this(default(string))</c>; empty where the class can have none.</returns>
    public static string Of(INamedTypeSymbol type, string name)
    {
        if (type.IsStatic || type.TypeKind == TypeKind.Interface || MemberRules.IsTaken(type, s_generated) || Initializer(type) is not { } initializer)
        {
            return "";
        }

        // With a default on both, new Net() would be ambiguous.
        bool isCreatedWithoutArguments = type.InstanceConstructors.Any(static constructor =>
            constructor.Parameters.Length > 0 && constructor.Parameters.All(static parameter => parameter.IsOptional));
        return $"public {name}(int? seed{(isCreatedWithoutArguments ? "" : " = null")}){initializer}";
    }

    // Every other constructor must lead to a primary one, and every class to a constructor of its base class.
    private static string? Initializer(INamedTypeSymbol type)
    {
        if (type.InstanceConstructors.FirstOrDefault(IsPrimary) is { } primary)
        {
            return Arguments(primary) is { } values ? $" : this({values})" : null;
        }

        if (type.BaseType is not { TypeKind: TypeKind.Class, SpecialType: SpecialType.None } baseType)
        {
            return "";
        }

        IMethodSymbol[] constructors = [.. baseType.InstanceConstructors.Where(constructor => IsAccessible(constructor, type) && !IsCopy(constructor))];
        return constructors.Any(static constructor => constructor.Parameters.All(static parameter => parameter.IsOptional || parameter.IsParams))
            ? ""
            : constructors.Select(Arguments).Where(static values => values is not null).Select(static values => $" : base({values})").FirstOrDefault();
    }

    private static bool IsPrimary(IMethodSymbol constructor) =>
        constructor.DeclaringSyntaxReferences.Any(static reference => reference.GetSyntax() is TypeDeclarationSyntax);

    private static bool IsCopy(IMethodSymbol constructor) =>
        constructor.ContainingType.IsRecord && constructor.Parameters.Length == 1 &&
        SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, constructor.ContainingType);

    private static bool IsAccessible(IMethodSymbol constructor, INamedTypeSymbol type) => constructor.DeclaredAccessibility switch
    {
        Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal => true,
        Accessibility.Internal or Accessibility.ProtectedAndInternal =>
            SymbolEqualityComparer.Default.Equals(constructor.ContainingAssembly, type.ContainingAssembly),
        _ => false,
    };

    /// <returns>Null where a value cannot be written: a reference to a variable, a pointer outside of unsafe code.</returns>
    private static string? Arguments(IMethodSymbol constructor)
    {
        string[] values = [.. constructor.Parameters.Select(static parameter => StubSignature.DefaultOf(parameter.Type))];
        return constructor.Parameters.All(static parameter => parameter.RefKind is RefKind.None or RefKind.In) && !values.Any(static value => value.Contains('*'))
            ? string.Join(", ", values)
            : null;
    }
}
