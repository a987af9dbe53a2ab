using Microsoft.CodeAnalysis;
using Unroll.Generator.Diagnostics;
using Unroll.Tests;

namespace Unroll.Generator.Tests.Diagnostics;

/// <summary>The examples of the help pages do what the pages say: every diagnostic, alone, and none in the mended code.</summary>
public class HelpPageTests
{
    // What no generator can take back: it adds parts to a class that is not partial, or none to a type it cannot reopen, or the
    // user's own argument does not compile.
    private static readonly Dictionary<string, string[]> s_compilerErrors = new(StringComparer.Ordinal)
    {
        ["UNR0001"] = ["CS0260"],
        ["UNR0005"] = ["CS0260"],
        ["UNR0023"] = ["CS1503"],
    };

    public static TheoryData<string> Ids => [.. DescriptorTableTests.AllIds];

    public static TheoryData<string> SomeIds => SlowTests.Some(Ids);

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task TheExampleReportsTheDiagnosticAlone(string id)
    {
        var page = new HelpPage(id);
        PageOutcome outcome = await page.Run(page.Example());

        Diagnostic reported = Assert.Single(outcome.Reported);
        Assert.Equal(id, reported.Id);
        Assert.True(reported.Location.IsInSource);
        Assert.Equal(s_compilerErrors.GetValueOrDefault(id, []), outcome.FromCompiler.Select(static diagnostic => diagnostic.Id).Distinct());
    }

    [Theory]
    [MemberData(nameof(SomeIds))]
    public async Task TheMendedExampleReportsNothing(string id)
    {
        PageOutcome mended = await new HelpPage(id).RunMended();

        Assert.Empty(mended.Reported);
        Assert.Empty(mended.FromCompiler);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task PragmaSuppressesIt(string id)
    {
        var page = new HelpPage(id);

        Diagnostic reported = Assert.Single((await page.Run(page.Example(before: $"#pragma warning disable {id}\n"))).Reported);
        Assert.Equal((id, true), (reported.Id, reported.IsSuppressed));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task EditorConfigSetsItsSeverity(string id)
    {
        var page = new HelpPage(id);
        bool isWarning = DiagnosticDescriptors.ById[id].DefaultSeverity == DiagnosticSeverity.Warning;

        PageOutcome outcome = await page.Run(page.Example(), $"[*.cs]\ndotnet_diagnostic.{id}.severity = {(isWarning ? "error" : "warning")}\n");
        Assert.Equal(isWarning ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning, Assert.Single(outcome.Reported).Severity);

        PageOutcome silent = await page.Run(page.Example(), $"[*.cs]\ndotnet_diagnostic.{id}.severity = none\n");
        Assert.Empty(silent.Reported);
    }
}
