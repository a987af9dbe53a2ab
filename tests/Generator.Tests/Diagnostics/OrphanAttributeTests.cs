using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Unroll.Generator.Frontend;

namespace Unroll.Generator.Tests.Diagnostics;

/// <summary>What stands on a class that is no network comes from an analyzer.</summary>
public class OrphanAttributeTests
{
    [Theory]
    [InlineData("class")]
    [InlineData("struct")]
    [InlineData("interface")]
    public async Task LayersWithoutNetwork(string keyword)
    {
        Diagnostic reported = Assert.Single(await Analyze($"namespace Shop {{ [System.Obsolete] [Dense(4)] [Dense(1)] {keyword} Net; }}"));

        Assert.Equal("UNR0012", reported.Id);
        Assert.Equal(
            "Type Shop.Net must carry [Network(...)] or [Block] for its layers to be compiled, but carries only [Dense(4)]",
            reported.GetMessage(CultureInfo.InvariantCulture));
        Assert.Equal("Dense(4)", reported.Location.SourceTree!.ToString().Substring(reported.Location.SourceSpan.Start, reported.Location.SourceSpan.Length));
    }

    [Fact]
    public async Task BudgetWithoutNetwork()
    {
        Diagnostic reported = Assert.Single(await Analyze("namespace Shop { [Block] [Budget(MaxBytes = 4)] [Dense(1)] class Body; }"));

        Assert.Equal("UNR0049", reported.Id);
        Assert.Equal(
            "Type Shop.Body must carry [Network(...)] for its budget to be checked, but carries only [Budget(MaxBytes = 4)]",
            reported.GetMessage(CultureInfo.InvariantCulture));
        Assert.Equal("Budget(MaxBytes = 4)", reported.Location.SourceTree!.ToString().Substring(reported.Location.SourceSpan.Start, reported.Location.SourceSpan.Length));
    }

    [Fact]
    public async Task NetworkOnAnotherDeclarationCounts() =>
        Assert.Empty(await Analyze("[Network(1)] partial class Net; [Dense(1), Budget] partial class Net;"));

    [Fact]
    public async Task LayersOfABlockAreNoOrphans() =>
        Assert.Empty(await Analyze("[Block] [Dense(1)] partial class Body; [Block] [Use<Body>] class Outer;"));

    private static async Task<IEnumerable<Diagnostic>> Analyze(string source) => await GeneratorHarness.Compilation("using Unroll;\n" + source)
        .WithAnalyzers([new OrphanAttributeAnalyzer()])
        .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
}
