using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Unroll.Generator.Diagnostics;

namespace Unroll.Generator.Frontend;

/// <summary>What a class must be for generated code to reopen it. Each rule reports at the <c>[Network]</c> attribute.</summary>
internal static class ClassRules
{
    private const LanguageVersion OldestLanguage = LanguageVersion.CSharp13;

    public static void Check(INamedTypeSymbol type, TypeDeclarationSyntax declaration, string displayName, List<Problem> problems)
    {
        void Report(DiagnosticDescriptor descriptor, params string[] arguments) =>
            problems.Add(Problem.At(Place.Network, descriptor, [displayName, .. arguments]));

        if (LanguageOf(declaration) is var language && language < OldestLanguage)
        {
            Report(DiagnosticDescriptors.LanguageTooOld, OldestLanguage.ToDisplayString(), language.ToDisplayString());
        }

        if (type.TypeKind != TypeKind.Class || type.IsRecord)
        {
            Report(DiagnosticDescriptors.NotAClass, TypeHeaderReader.Keyword(type) is "interface" ? "an interface" : $"a {TypeHeaderReader.Keyword(type)}");
            return;
        }

        if (!declaration.Modifiers.Any(SyntaxKind.PartialKeyword))
        {
            Report(DiagnosticDescriptors.NotPartial, Quote(declaration));
        }

        if (type.Arity > 0)
        {
            Report(DiagnosticDescriptors.Generic, string.Join(", ", type.TypeParameters.Select(static parameter => parameter.Name)));
        }

        if (type.IsStatic)
        {
            Report(DiagnosticDescriptors.Static, Quote(declaration));
        }
        else if (type.IsAbstract)
        {
            Report(DiagnosticDescriptors.Abstract, Quote(declaration));
        }

        if (type.GetAttributes().Any(static attribute => MetadataNames.Is(attribute.AttributeClass, MetadataNames.Block)))
        {
            problems.Add(Problem.At(Place.Network, DiagnosticDescriptors.NetworkIsBlock, $"Network {displayName}", displayName));
        }

        if (HasOwnBase(type))
        {
            Report(DiagnosticDescriptors.OwnBaseClass, type.BaseType!.ToDisplayString());
        }

        if (PrimaryConstructor(type) is { } parameters)
        {
            Report(DiagnosticDescriptors.PrimaryConstructor, parameters.ToString());
        }

        CheckSurroundings(type, Report);
    }

    /// <summary>Whether the class names a base class other than Model, be it <c>object</c>.</summary>
    public static bool HasOwnBase(INamedTypeSymbol type) => type.BaseType is { SpecialType: not SpecialType.System_Object } baseType
        ? !MetadataNames.Is(baseType, MetadataNames.Model)
        : type.DeclaringSyntaxReferences.Any(reference =>
            reference.GetSyntax() is TypeDeclarationSyntax { BaseList.Types: var bases } && bases.Count > 0 && IsObject(bases[0].Type, type));

    public static LanguageVersion LanguageOf(SyntaxNode node) => ((CSharpParseOptions)node.SyntaxTree.Options).LanguageVersion;

    // A base class comes first in its list; what is called Object there and is no interface is System.Object.
    private static bool IsObject(TypeSyntax first, INamedTypeSymbol type) => first switch
    {
        PredefinedTypeSyntax predefined => predefined.Keyword.IsKind(SyntaxKind.ObjectKeyword),
        QualifiedNameSyntax qualified => IsObject(qualified.Right, type),
        AliasQualifiedNameSyntax qualified => IsObject(qualified.Name, type),
        IdentifierNameSyntax name => name.Identifier.ValueText == nameof(Object) && !type.Interfaces.Any(static item => item.Name == nameof(Object)),
        _ => false,
    };

    private static void CheckSurroundings(INamedTypeSymbol type, Action<DiagnosticDescriptor, string[]> report)
    {
        if (type.IsFileLocal)
        {
            report(DiagnosticDescriptors.FileLocal, [type.Name, Quote(DeclarationOf(type))]);
        }

        foreach (INamedTypeSymbol outer in TypeHeaderReader.ContainingTypes(type))
        {
            TypeDeclarationSyntax declaration = DeclarationOf(outer);
            if (!declaration.Modifiers.Any(SyntaxKind.PartialKeyword))
            {
                report(DiagnosticDescriptors.NestedInNonPartial, [outer.Name, Quote(declaration)]);
            }

            if (outer.Arity > 0)
            {
                report(DiagnosticDescriptors.NestedInGeneric, [TypeHeaderReader.SelfType(outer)]);
            }

            if (outer.IsFileLocal)
            {
                report(DiagnosticDescriptors.FileLocal, [outer.Name, Quote(declaration)]);
            }
        }
    }

    private static ParameterListSyntax? PrimaryConstructor(INamedTypeSymbol type) => type.DeclaringSyntaxReferences
        .Select(static reference => (reference.GetSyntax() as TypeDeclarationSyntax)?.ParameterList)
        .FirstOrDefault(static parameters => parameters is not null);

    private static TypeDeclarationSyntax DeclarationOf(INamedTypeSymbol type) =>
        (TypeDeclarationSyntax)type.DeclaringSyntaxReferences[0].GetSyntax();

    private static string Quote(TypeDeclarationSyntax declaration) => string.Join(
        " ",
        [.. declaration.Modifiers.Select(static modifier => modifier.Text), declaration.Keyword.Text, declaration.Identifier.Text]);
}
