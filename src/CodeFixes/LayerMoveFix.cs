using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Unroll.CodeFixes;

/// <summary>UNR0013: moves the layers of a class's other declarations behind those of the one with <c>[Network]</c> or <c>[Block]</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LayerMoveFix))]
[Shared]
public sealed class LayerMoveFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["UNR0013"];

    /// <summary>None: one fix moves all layers of a class.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode root = (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false))!;
        SemanticModel semantics = (await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false))!;
        if (root.FindNode(context.Span).FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } declaration &&
            semantics.GetDeclaredSymbol(declaration, context.CancellationToken) is { } type)
        {
            context.RegisterCodeFix(
                CodeAction.Create(
                    $"Move all layers of {type.Name} to one declaration",
                    token => MoveAsync(context.Document.Project.Solution, type, token),
                    equivalenceKey: nameof(LayerMoveFix)),
                context.Diagnostics);
        }
    }

    private static async Task<Solution> MoveAsync(Solution solution, INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        var editor = new SolutionEditor(solution);
        (DocumentEditor Editor, TypeDeclarationSyntax Declaration)? home = null;
        var moved = new List<AttributeSyntax>();
        foreach (SyntaxReference reference in type.DeclaringSyntaxReferences)
        {
            var declaration = (TypeDeclarationSyntax)await reference.GetSyntaxAsync(cancellationToken).ConfigureAwait(false);
            DocumentEditor document = await editor.GetDocumentEditorAsync(solution.GetDocumentId(reference.SyntaxTree), cancellationToken).ConfigureAwait(false);
            AttributeSyntax[] attributes = [.. declaration.AttributeLists.SelectMany(static list => list.Attributes)];
            if (attributes.Any(attribute => document.SemanticModel.IsMarker(attribute, cancellationToken)))
            {
                home = (document, declaration);
                continue;
            }

            AttributeSyntax[] layers = [.. attributes.Where(attribute => document.SemanticModel.IsLayer(attribute, cancellationToken))];
            moved.AddRange(layers);
            Remove(document, declaration, layers);
        }

        home?.Editor.ReplaceNode(home.Value.Declaration, (current, _) => Append((TypeDeclarationSyntax)current, moved));
        return editor.GetChangedSolution();
    }

    private static void Remove(DocumentEditor editor, TypeDeclarationSyntax declaration, AttributeSyntax[] layers)
    {
        foreach (AttributeListSyntax list in declaration.AttributeLists)
        {
            AttributeSyntax[] doomed = [.. list.Attributes.Intersect(layers)];
            if (doomed.Length == list.Attributes.Count)
            {
                editor.RemoveNode(list, SyntaxRemoveOptions.KeepLeadingTrivia);
            }
            else
            {
                foreach (AttributeSyntax attribute in doomed)
                {
                    editor.RemoveNode(attribute);
                }
            }
        }
    }

    private static TypeDeclarationSyntax Append(TypeDeclarationSyntax declaration, List<AttributeSyntax> layers)
    {
        AttributeListSyntax last = declaration.AttributeLists.Last();
        return (TypeDeclarationSyntax)declaration.WithAttributeLists(
            declaration.AttributeLists.AddRange(layers.Select(layer => AttributeListTrivia.ListBeside(last, layer))));
    }
}
