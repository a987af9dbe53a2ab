using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Unroll.Generator.Tests.Diagnostics;

/// <summary>Asserts what is reported for a source in which <c>⟦</c> and <c>⟧</c> enclose the expected location.</summary>
internal static class Report
{
    private static readonly CSharpParseOptions s_current = new(LanguageVersion.CSharp13);

    private const string Usage = """

        internal static class Usage
        {
            private static readonly int s_sizes = 4 / Net.InputSize + Net.OutputSize + Net.ParameterCount;
            private static readonly Model[] s_models = [new Net(), new Net(42), new Net(seed: null), Net.Load("weights")];
        }
        """;

    /// <summary>Exactly this diagnostic and, around a class that uses the network's members, no error of the C# compiler but those listed.</summary>
    public static void Is(string id, string message, string marked, params string[] compilerErrors) =>
        Check(id, message, marked + Usage, s_current, compilerErrors);

    /// <summary>As <see cref="Is"/>, without code that uses the network.</summary>
    public static void IsWithoutUsage(string id, string message, string marked, params string[] compilerErrors) =>
        Check(id, message, marked, s_current, compilerErrors);

    public static void IsUnder(LanguageVersion version, string id, string message, string marked) =>
        Check(id, message, marked, new CSharpParseOptions(version), []);

    /// <summary>As <see cref="Is"/>, against another runtime than this repository's.</summary>
    public static void WithRuntime(string runtime, string id, string message, string marked)
    {
        CSharpCompilation newer = GeneratorHarness.CompilationWithoutRuntime(s_current, runtime);
        Check(id, message, marked + Usage, s_current, [], newer.ToMetadataReference());
    }

    private static void Check(
        string id,
        string message,
        string marked,
        CSharpParseOptions options,
        string[] compilerErrors,
        MetadataReference? runtime = null)
    {
        string source = Unmark("using Unroll;\n" + marked, out string expectedText, out int expectedStart);
        GeneratorOutcome outcome = GeneratorHarness.Run(
            runtime is null
                ? GeneratorHarness.Compilation(options, source)
                : GeneratorHarness.CompilationWithoutRuntime(options, source).AddReferences(runtime),
            GeneratorHarness.Driver(options));

        Diagnostic reported = Assert.Single(outcome.Reported);
        Assert.Equal(id, reported.Id);
        Assert.Equal(message, reported.GetMessage(CultureInfo.InvariantCulture));
        Assert.Equal(expectedText, source.Substring(reported.Location.SourceSpan.Start, reported.Location.SourceSpan.Length));
        Assert.Equal(expectedStart, reported.Location.SourceSpan.Start);
        Assert.Equal(
            compilerErrors,
            outcome.FromCompiler
                .Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
                .Select(static diagnostic => diagnostic.Id)
                .Distinct()
                .Order(StringComparer.Ordinal));
        Assert.DoesNotContain(outcome.FromCompiler, static diagnostic => diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true);
    }

    private static string Unmark(string marked, out string text, out int start)
    {
        start = marked.IndexOf('⟦', StringComparison.Ordinal);
        int end = marked.IndexOf('⟧', StringComparison.Ordinal) - 1;
        string source = marked.Replace("⟦", "", StringComparison.Ordinal).Replace("⟧", "", StringComparison.Ordinal);
        text = source[start..end];
        return source;
    }
}
