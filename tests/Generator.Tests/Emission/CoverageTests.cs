using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Unroll.Generator.Tests.Emission;

/// <summary>A user's coverage counts what the user wrote: generated code is left out, and the user's part of the class is not.</summary>
public class CoverageTests
{
    private readonly GeneratorOutcome _outcome = GeneratorHarness.Run(GeneratorHarness.InShop(
        "[Network(4)] [Dense(8, Activation.Gelu)] [BatchNormalization] [Dense(1)] public partial class Net { public int Twice(int value) => 2 * value; }"));

    [Fact]
    public void GeneratedCodeIsLeftOut()
    {
        ISymbol[] generated = [.. Members(isGenerated: true)];

        Assert.InRange(generated.Length, 20, 10_000);
        Assert.All(generated, static member => Assert.True(IsExcluded(member), member.ToDisplayString()));
    }

    [Fact]
    public void TheUsersPartCounts() => Assert.False(IsExcluded(Assert.Single(Members(isGenerated: false))));

    private IEnumerable<ISymbol> Members(bool isGenerated) => _outcome.Compilation.SyntaxTrees
        .Where(tree => tree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == isGenerated)
        .SelectMany(tree => tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes()
            .Where(static node => node is BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax)
            .Select(node => _outcome.Compilation.GetSemanticModel(tree).GetDeclaredSymbol(node, TestContext.Current.CancellationToken)!))
        // An abstract member has no code to count.
        .Where(static member => !member.IsAbstract);

    private static bool IsExcluded(ISymbol? symbol) => symbol is not null and not INamespaceSymbol && (
        symbol.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "ExcludeFromCodeCoverageAttribute")
        || IsExcluded(symbol.ContainingType));
}
