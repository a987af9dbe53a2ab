using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Unroll.CodeFixes;

/// <summary>
/// UNR0040: inserts <c>[Flatten]</c> before the layer. UNR0050: before the first Dense that leads to the softmax, and then sees the whole
/// sample. It reads what the layer read: an argument <c>From</c> moves to it.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FlattenFix))]
[Shared]
public sealed class FlattenFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["UNR0040", "UNR0050"];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode root = (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false))!;
        AttributeSyntax? layer = Attribute(root, context.Span);
        if (layer is not null && context.Diagnostics[0].Id == "UNR0050")
        {
            // Not in a block that the class uses, and others may.
            layer = context.Diagnostics[0].AdditionalLocations
                .Where(location => location.SourceTree == root.SyntaxTree)
                .Select(location => Attribute(root, location.SourceSpan))
                .FirstOrDefault(dense => dense?.Parent!.Parent == layer.Parent!.Parent);
        }

        if (layer is null)
        {
            return;
        }

        context.RegisterCodeFix(
            CodeAction.Create(
                $"Insert [Flatten] before [{layer}]",
                _ => Task.FromResult(context.Document.WithSyntaxRoot(InsertBefore(root, layer))),
                equivalenceKey: nameof(FlattenFix)),
            context.Diagnostics);
    }

    private static AttributeSyntax? Attribute(SyntaxNode root, TextSpan span) =>
        root.FindNode(span, getInnermostNodeForTie: true).FirstAncestorOrSelf<AttributeSyntax>();

    private static SyntaxNode InsertBefore(SyntaxNode root, AttributeSyntax layer)
    {
        var list = (AttributeListSyntax)layer.Parent!;
        int index = list.Attributes.IndexOf(layer);
        AttributeSyntax flatten = SyntaxFactory.Attribute(SyntaxFactory.IdentifierName("Flatten"));
        AttributeArgumentSyntax? from = layer.ArgumentList?.Arguments.FirstOrDefault(static argument => argument.NameEquals?.Name.Identifier.ValueText == "From");
        AttributeListSyntax rest = list;
        if (from is not null)
        {
            flatten = flatten.AddArgumentListArguments(from.WithoutTrivia());
            AttributeArgumentListSyntax arguments = layer.ArgumentList!;
            rest = list.ReplaceNode(layer, layer.WithArgumentList(arguments.WithArguments(arguments.Arguments.Remove(from))));
        }

        if (index > 0)
        {
            // In the middle of a list, where nothing can stand between two lists.
            SyntaxToken comma = rest.Attributes.GetSeparator(index - 1);
            return root.ReplaceNode(list, rest.WithAttributes(SyntaxFactory.SeparatedList<AttributeSyntax>(
                rest.Attributes.GetWithSeparators().Insert(2 * index, comma).Insert(2 * index, flatten))));
        }

        AttributeListSyntax first = AttributeListTrivia.ListBeside(list, flatten).WithLeadingTrivia(list.GetLeadingTrivia());
        return root.ReplaceNode(list, [first, rest.WithLeadingTrivia(AttributeListTrivia.Indentation(list))]);
    }
}
