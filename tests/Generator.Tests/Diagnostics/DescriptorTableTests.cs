using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Unroll.Generator.Diagnostics;

namespace Unroll.Generator.Tests.Diagnostics;

/// <summary>Every diagnostic has its page, its release line and its wording.</summary>
public class DescriptorTableTests
{
    private static readonly string s_root = RepositoryRoot();

    public static TheoryData<string> Ids => [.. AllIds];

    /// <summary>What the packages' build targets report, and the program that they run.</summary>
    public static TheoryData<string> BuildIds =>
    [
        .. IdsIn("src/Package/buildTransitive/Unroll.targets", "Code=\"(UNR[0-9]+)\""),
        .. IdsIn("src/Tool/BuildCommand.cs", "\"(UNR[0-9]+)\""),
    ];

    internal static IEnumerable<string> AllIds => DiagnosticDescriptors.ById.Keys.Order(StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Ids))]
    public void HasAHelpPageWithCauseExampleAndMendedExample(string id)
    {
        DiagnosticDescriptor descriptor = DiagnosticDescriptors.ById[id];
        string page = File.ReadAllText(PageOf(id));

        Assert.StartsWith($"# {id}: {descriptor.Title}\n", page, StringComparison.Ordinal);
        Assert.Contains("\n## Cause\n", page, StringComparison.Ordinal);
        Assert.Contains("\n## Example\n", page, StringComparison.Ordinal);
        Assert.Contains("\n## Mended\n", page, StringComparison.Ordinal);
        Assert.EndsWith($"/docs/diagnostics/{id}.md", descriptor.HelpLinkUri, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void HasOneReleaseLine(string id)
    {
        DiagnosticDescriptor descriptor = DiagnosticDescriptors.ById[id];
        IEnumerable<string> lines = ReleaseLines("AnalyzerReleases.Shipped.md").Concat(ReleaseLines("AnalyzerReleases.Unshipped.md"));

        Assert.Equal(
            $"{id} | Unroll | {descriptor.DefaultSeverity} | {descriptor.Title}",
            Assert.Single(lines, line => line.StartsWith(id + " ", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(BuildIds))]
    public void WhatTheBuildTargetsReportHasAHelpPageToo(string id)
    {
        string page = File.ReadAllText(PageOf(id));

        Assert.StartsWith($"# {id}: ", page, StringComparison.Ordinal);
        Assert.Contains("\n## Cause\n", page, StringComparison.Ordinal);
        Assert.Contains("\n## Example\n", page, StringComparison.Ordinal);
        Assert.Contains("\n## Mended\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryPageBelongsToADiagnostic() => Assert.Equal(
        AllIds.Concat(BuildIds.Select(static row => row.Data)).Order(StringComparer.Ordinal),
        Directory.GetFiles(Path.Combine(s_root, "docs", "diagnostics"), "UNR*.md").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    internal static string PageOf(string id) => Path.Combine(s_root, "docs", "diagnostics", id + ".md");

    private static IEnumerable<string> IdsIn(string file, string pattern) =>
        Regex.Matches(File.ReadAllText(Path.Combine(s_root, file)), pattern).Select(static code => code.Groups[1].Value);

    private static string[] ReleaseLines(string file) => File.ReadAllLines(Path.Combine(s_root, "src", "Generator", file));

    private static string RepositoryRoot()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Compiler.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new DirectoryNotFoundException("Compiler.sln");
    }
}
