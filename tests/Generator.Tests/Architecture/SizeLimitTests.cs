using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Unroll.Generator.Tests.Architecture;

/// <summary>Small files, small methods.</summary>
public sealed class SizeLimitTests
{
    private const int MaxMethodLines = 79;
    private const int MaxFileLines = 250;

    [Fact]
    public void MethodsStayUnder80Lines() => AssertNone(Offenders(RepositoryFiles.CSharpUnder("src"), LongMethods));

    [Fact]
    public void FilesStayUnder250Lines() => AssertNone(Offenders(RepositoryFiles.CSharpUnder("src"), LongFiles));

    [Fact]
    public void ALongMethodIsFound()
    {
        string body = new('\n', 80);
        SourceFile file = SourceFile.Parse(
            "A.cs", $"class A\n{{\n    /// <summary/>\n    void Long()\n    {{{body}}}\n    int P {{ get {{{body}}} }}\n    void Short() {{ }}\n}}");

        Assert.Equal(["A.cs(4): Long has 82 lines", "A.cs(86): get has 81 lines"], LongMethods(file));
    }

    [Fact]
    public void ALongFileIsFound() =>
        Assert.Equal(["A.cs: 252 lines"], LongFiles(SourceFile.Parse("A.cs", new string('\n', 251) + "class A;\n")));

    private static IEnumerable<string> LongMethods(SourceFile file) =>
        from node in file.Syntax.DescendantNodes()
        where node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax
        let lines = Lines(node)
        where lines > MaxMethodLines
        select $"{file.Path}({SourceFile.Line(node)}): {Name(node)} has {lines} lines";

    private static IEnumerable<string> LongFiles(SourceFile file)
    {
        int lines = file.Syntax.SyntaxTree.GetText().ToString().TrimEnd('\n').Split('\n').Length;
        return lines > MaxFileLines ? [$"{file.Path}: {lines} lines"] : [];
    }

    private static int Lines(SyntaxNode node)
    {
        FileLinePositionSpan span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    private static string Name(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.ValueText,
        AccessorDeclarationSyntax accessor => accessor.Keyword.ValueText,
        _ => node.Kind().ToString(),
    };

    private static List<string> Offenders(IReadOnlyList<SourceFile> files, Func<SourceFile, IEnumerable<string>> find)
    {
        Assert.NotEmpty(files);
        return [.. files.SelectMany(find)];
    }

    private static void AssertNone(List<string> offenders) => Assert.True(offenders.Count == 0, string.Join('\n', offenders));
}
