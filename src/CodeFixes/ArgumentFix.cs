using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Unroll.CodeFixes;

/// <summary>
/// Replaces an argument by the one value it can have meant, where the diagnostic knows it: 20 % as 0.2, −128 as 128, "onee" as "one".
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ArgumentFix))]
[Shared]
public sealed class ArgumentFix : CodeFixProvider
{
    private const string Replacement = "Replacement";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ["UNR0007", "UNR0015", "UNR0016", "UNR0017", "UNR0019", "UNR0034", "UNR0035", "UNR0048", "UNR0052", "UNR0082"];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode root = (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false))!;
        if (!context.Diagnostics[0].Properties.TryGetValue(Replacement, out string? value) || value is null ||
            ValueAt(root.FindNode(context.Span, getInnermostNodeForTie: true)) is not { } expression)
        {
            return;
        }

        ExpressionSyntax replacement = SyntaxFactory.ParseExpression(value).WithTriviaFrom(expression);
        context.RegisterCodeFix(
            CodeAction.Create(
                $"Replace {expression} by {value}",
                _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(expression, replacement))),
                equivalenceKey: $"{nameof(ArgumentFix)} {value}"),
            context.Diagnostics);
    }

    // The diagnostic stands at the argument, name and all, or at one element of an array.
    private static ExpressionSyntax? ValueAt(SyntaxNode node) => node.AncestorsAndSelf()
        .TakeWhile(static candidate => candidate is not AttributeSyntax)
        .Select(static candidate => candidate is AttributeArgumentSyntax argument ? argument.Expression : candidate as ExpressionSyntax)
        .FirstOrDefault(static expression => expression is not null and not NameSyntax { Parent: NameEqualsSyntax or NameColonSyntax });
}
