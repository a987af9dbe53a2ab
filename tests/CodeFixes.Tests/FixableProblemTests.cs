using Microsoft.CodeAnalysis;
using Unroll.Generator;

namespace Unroll.CodeFixes.Tests;

/// <summary>What editors fix is repeated by an analyzer, and seen by nobody.</summary>
public class FixableProblemTests
{
    [Fact]
    public void EveryIdOfTheAnalyzerHasAFix() => Assert.Equal(
        new FixableProblemAnalyzer().SupportedDiagnostics.Select(static descriptor => descriptor.Id).Order(StringComparer.Ordinal),
        new Microsoft.CodeAnalysis.CodeFixes.CodeFixProvider[] { new ArgumentFix(), new FlattenFix(), new LayerMoveFix(), new PartialFix() }
            .SelectMany(static fix => fix.FixableDiagnosticIds)
            .Order(StringComparer.Ordinal));

    [Fact]
    public void ItsDiagnosticsStayHidden() => Assert.All(new FixableProblemAnalyzer().SupportedDiagnostics, static descriptor =>
    {
        Assert.Equal(DiagnosticSeverity.Hidden, descriptor.DefaultSeverity);
        Assert.Contains(WellKnownDiagnosticTags.NotConfigurable, descriptor.CustomTags);
    });
}
