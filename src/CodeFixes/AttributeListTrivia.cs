using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Unroll.CodeFixes;

/// <summary>Sets new attributes as their neighbours are set: on lines of their own or all on one.</summary>
internal static class AttributeListTrivia
{
    /// <summary>A list of one attribute that stands before or after <paramref name="neighbour"/>.</summary>
    public static AttributeListSyntax ListBeside(AttributeListSyntax neighbour, AttributeSyntax attribute) =>
        SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(attribute.WithoutTrivia()))
            .WithLeadingTrivia(Indentation(neighbour))
            .WithTrailingTrivia(neighbour.CloseBracketToken.TrailingTrivia.Where(static trivia =>
                trivia.IsKind(SyntaxKind.WhitespaceTrivia) || trivia.IsKind(SyntaxKind.EndOfLineTrivia)));

    /// <summary>The white space before a list on its line, comments above it left out.</summary>
    public static SyntaxTriviaList Indentation(AttributeListSyntax list)
    {
        SyntaxTrivia last = list.GetLeadingTrivia().LastOrDefault();
        return last.IsKind(SyntaxKind.WhitespaceTrivia) ? SyntaxFactory.TriviaList(last) : SyntaxFactory.TriviaList();
    }
}
