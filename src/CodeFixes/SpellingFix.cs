using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Unroll.Generator.Diagnostics;

namespace Unroll.CodeFixes;

/// <summary>
/// Corrects a misspelt argument of a layer where one name is nearest: a member of an enum (CS0117) or a property of the attribute (CS0246).
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SpellingFix))]
[Shared]
public sealed class SpellingFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["CS0117", "CS0246"];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode root = (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false))!;
        SemanticModel semantics = (await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false))!;
        SyntaxNode node = root.FindNode(context.Span, getInnermostNodeForTie: true);
        if (node is not IdentifierNameSyntax name ||
            name.FirstAncestorOrSelf<AttributeArgumentSyntax>() is not { } argument ||
            argument.FirstAncestorOrSelf<AttributeSyntax>() is not { } attribute ||
            !(semantics.IsLayer(attribute, context.CancellationToken) || semantics.IsMarker(attribute, context.CancellationToken)))
        {
            return;
        }

        if (NearestName.Of(name.Identifier.ValueText, Candidates(semantics, name, attribute, context.CancellationToken)) is { } meant)
        {
            SyntaxNode mended = name.WithIdentifier(SyntaxFactory.Identifier(meant).WithTriviaFrom(name.Identifier));
            context.RegisterCodeFix(
                CodeAction.Create(
                    $"Change {name.Identifier.ValueText} to {meant}",
                    _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(name, mended))),
                    equivalenceKey: $"{nameof(SpellingFix)} {meant}"),
                context.Diagnostics);
        }
    }

    private static IEnumerable<string> Candidates(
        SemanticModel semantics, IdentifierNameSyntax name, AttributeSyntax attribute, CancellationToken cancellationToken) => name.Parent switch
        {
            NameEqualsSyntax => Properties(semantics.GetTypeInfo(attribute, cancellationToken).Type),
            MemberAccessExpressionSyntax access when access.Name == name &&
                semantics.GetSymbolInfo(access.Expression, cancellationToken).Symbol is INamedTypeSymbol { TypeKind: TypeKind.Enum } type =>
                type.GetMembers().OfType<IFieldSymbol>().Select(static field => field.Name),
            _ => [],
        };

    private static IEnumerable<string> Properties(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            foreach (IPropertySymbol property in type.GetMembers().OfType<IPropertySymbol>())
            {
                if (property.SetMethod is { DeclaredAccessibility: Accessibility.Public })
                {
                    yield return property.Name;
                }
            }
        }
    }
}
