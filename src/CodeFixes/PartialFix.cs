using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Unroll.CodeFixes;

/// <summary>UNR0001, UNR0005: makes the network and every type around it partial.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PartialFix))]
[Shared]
public sealed class PartialFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["UNR0001", "UNR0005"];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode root = (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false))!;
        TypeDeclarationSyntax[] closed =
        [
            .. root.FindNode(context.Span).AncestorsAndSelf().OfType<TypeDeclarationSyntax>()
                .Where(static type => !type.Modifiers.Any(SyntaxKind.PartialKeyword)),
        ];
        if (closed.Length == 0)
        {
            return;
        }

        string names = string.Join(", ", closed.Select(static type => type.Identifier.ValueText));
        context.RegisterCodeFix(
            CodeAction.Create(
                $"Make {names} partial",
                _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNodes(closed, static (_, type) => MakePartial(type)))),
                equivalenceKey: nameof(PartialFix)),
            context.Diagnostics);
    }

    // The last modifier, as C# demands; a type without one has what stood before its keyword.
    private static TypeDeclarationSyntax MakePartial(TypeDeclarationSyntax type)
    {
        SyntaxToken partial = SyntaxFactory.Token(SyntaxKind.PartialKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        return type.Modifiers.Count > 0
            ? type.AddModifiers(partial)
            : type.WithKeyword(type.Keyword.WithLeadingTrivia())
                .WithModifiers(SyntaxFactory.TokenList(partial.WithLeadingTrivia(type.Keyword.LeadingTrivia)));
    }
}
