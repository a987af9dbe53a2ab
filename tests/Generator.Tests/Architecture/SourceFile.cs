using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Unroll.Generator.Tests.Architecture;

/// <summary>A parsed source file and its path below the folder under test.</summary>
internal sealed record SourceFile(string Path, CompilationUnitSyntax Syntax)
{
    /// <summary>The folder the file is in, directly or not; empty for the files at the top.</summary>
    public string Stage => Path.Contains('/') ? Path[..Path.IndexOf('/')] : "";

    public static SourceFile Parse(string path, string text)
    {
        CSharpParseOptions options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview);
        return new SourceFile(path, CSharpSyntaxTree.ParseText(text, options).GetCompilationUnitRoot());
    }

    /// <summary>Counted from 1, as editors do.</summary>
    public static int Line(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
}
