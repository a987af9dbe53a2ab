using System.Text.RegularExpressions;
using Unroll.Generator.Graph.Passes;

namespace Unroll.Generator.Tests.Architecture;

/// <summary>Every rewrite of the graph has a test of its own: what it makes of a small graph.</summary>
public sealed class PassTests
{
    private const string Folder = "tests/Generator.Tests/Graph/Passes";

    // A rewrite that nobody applies alone is tested by nobody: networks that pass through all hide what one of them leaves undone.
    private static readonly string[] s_applied =
    [
        .. RepositoryFiles.CSharpUnder(Folder)
            .SelectMany(static file => Regex.Matches(file.Syntax.ToString(), @"\bnew (\w+)\([^()]*\)\.Apply\("))
            .Select(static match => match.Groups[1].Value),
    ];

    public static TheoryData<string> Passes =>
    [
        .. typeof(GraphPass).Assembly.GetTypes()
            .Where(static type => type.IsSubclassOf(typeof(GraphPass)) && !type.IsAbstract)
            .Select(static type => type.Name)
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Passes))]
    public void ATestAppliesEachPass(string pass) =>
        Assert.True(s_applied.Contains(pass), $"No test below {Folder} applies {pass} to a graph.");

    [Fact]
    public void TheListedPassesAreFound() => Assert.Contains(nameof(FuseElementwise), Passes.Select(static row => row.Data));
}
