using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Unroll.Generator.Tests.Architecture;

/// <summary>Emission writes what the plan says. It knows no kind of operation, so it cannot decide by one.</summary>
public sealed partial class EmissionVocabularyTests
{
    [Fact]
    public void EmissionNamesNoKindOfOperation()
    {
        SourceFile[] files = [.. RepositoryFiles.CSharpUnder("src/Generator").Where(static file => file.Stage == "Emission")];

        Assert.NotEmpty(files);
        Assert.Empty(files.SelectMany(KindsIn));
    }

    [Theory]
    [InlineData("class X { bool Is(object kind) => kind is SoftmaxOp; }")]
    [InlineData("class X { void Take(Graph.LossOp loss) { } }")]
    [InlineData("class X { object Make() => new InputOp(); }")]
    public void AKindIsFound(string code) => Assert.Single(KindsIn(SourceFile.Parse("Emission/X.cs", code)));

    [Fact]
    public void AnOperationIsNoKind() => Assert.Empty(KindsIn(SourceFile.Parse("Emission/X.cs", "class X { void Take(Op op, OpGraph graph) { } }")));

    private static IEnumerable<string> KindsIn(SourceFile file) => file.Syntax.DescendantNodes()
        .OfType<SimpleNameSyntax>()
        .Where(static name => KindName().IsMatch(name.Identifier.ValueText))
        .Select(name => $"{file.Path}({SourceFile.Line(name)}): {name.Identifier.ValueText}");

    [GeneratedRegex("^[A-Z][A-Za-z]*[a-z]Op$")]
    private static partial Regex KindName();
}
