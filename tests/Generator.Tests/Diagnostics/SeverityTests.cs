using Microsoft.CodeAnalysis;

namespace Unroll.Generator.Tests.Diagnostics;

/// <summary>Real locations let the user silence what is not an error.</summary>
public class SeverityTests
{
    private const string Source = "[Network(2)] [Dense(4, Activation.Softmax)] [Dense(1)] partial class Net;";

    [Fact]
    public void PragmaSilencesAWarning() => Assert.Empty(Visible(Run($"#pragma warning disable UNR0027\n{Source}")));

    [Fact]
    public void TheProjectSetsTheSeverity()
    {
        var options = Compilation(Source).Options.WithSpecificDiagnosticOptions([new("UNR0027", ReportDiagnostic.Error)]);
        Diagnostic reported = Assert.Single(Visible(GeneratorHarness.Run(Compilation(Source).WithOptions(options), GeneratorHarness.Driver())));
        Assert.Equal(DiagnosticSeverity.Error, reported.Severity);
    }

    [Fact]
    public void SilencingAnErrorDoesNotGenerateTheNetwork()
    {
        GeneratorOutcome outcome = Run("#pragma warning disable UNR0016\n[Network(2)] [Dense(0)] partial class Net;");
        Assert.Contains("UNR0016", Assert.Single(outcome.Sources).SourceText.ToString(), StringComparison.Ordinal);
    }

    /// <summary>The C# compiler's error says what is wrong with an argument: a second one of the generator's would only hide it.</summary>
    [Theory]
    [InlineData("Dense(8, Activation.ReLU)", "CS0117")]
    [InlineData("Dense(8, \"relu\")", "CS1503")]
    [InlineData("Dropout(0.2)", "CS1503")]
    [InlineData("BatchNormalization(momentum: 0.9f)", "CS1739")]
    [InlineData("BatchNormalization(Momentum: 0.9f)", "CS1739")]
    public void AnArgumentThatCSharpRefusesIsOneError(string layer, string compilerError)
    {
        GeneratorOutcome outcome = Run($"[Network(2)] [{layer}] [Dense(1)] partial class Net; class Use {{ Net _net = Net.Load(\"\"); }}");

        IEnumerable<Diagnostic> errors = outcome.Reported.Concat(outcome.FromCompiler).Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Equal(compilerError, Assert.Single(errors).Id);
        Assert.Contains("UNR0023", Assert.Single(outcome.Sources).SourceText.ToString(), StringComparison.Ordinal);
    }

    private static IEnumerable<Diagnostic> Visible(GeneratorOutcome outcome) => outcome.Reported.Where(static diagnostic => !diagnostic.IsSuppressed);

    private static Microsoft.CodeAnalysis.CSharp.CSharpCompilation Compilation(string source) => GeneratorHarness.Compilation("using Unroll;\n" + source);

    private static GeneratorOutcome Run(string source) => GeneratorHarness.Run(Compilation(source), GeneratorHarness.Driver());
}
