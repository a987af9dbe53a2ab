using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Unroll.Generator.Emission;
using Unroll.Generator.Frontend;
using Unroll.Generator.Layers;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Tests.Diagnostics;

/// <summary>The help page of one diagnostic, whose example is compiled under the conditions that the diagnostic takes.</summary>
internal sealed class HelpPage
{
    /// <summary>A runtime with a layer that this generator does not know.</summary>
    public const string NewerRuntime = """
        namespace Unroll
        {
            public abstract class Model;
            public sealed class NetworkGraph;
            public sealed class NetworkAttribute(params int[] inputShape) : System.Attribute { public int[] Shape => inputShape; }
            public abstract class NetworkPartAttribute : System.Attribute;
            public abstract class LayerAttribute : NetworkPartAttribute;
            public sealed class LayerOfANewerVersionAttribute(int size = 1) : LayerAttribute { public int Size => size; }
        }
        """;

    private readonly string _id;
    private readonly string _example;
    private readonly string _mended;
    private readonly AdditionalText[] _files;
    private readonly AdditionalText[] _mendedFiles;

    public HelpPage(string id)
    {
        string[] parts = File.ReadAllText(DescriptorTableTests.PageOf(id)).Split("```csharp\n");
        _id = id;
        _example = parts[1].Split("```")[0];
        _mended = parts[2].Split("```")[0];
        _files = WeightsText.In(parts[1]);
        _mendedFiles = WeightsText.In(parts[2]);
    }

    /// <summary>The text of the example, with something before and after it.</summary>
    public string Example(string before = "", string after = "") => $"{before}using Unroll;\n{_example}{after}";

    /// <summary>What is reported for a source by generator and analyzers, under an <c>.editorconfig</c>, suppressed or not.</summary>
    public async Task<PageOutcome> Run(string source, string editorConfig = "")
    {
        CSharpParseOptions options = new(_id == "UNR0030" ? LanguageVersion.CSharp9 : LanguageVersion.CSharp13);
        CSharpCompilation compilation = _id == "UNR0024"
            ? GeneratorHarness.CompilationWithoutRuntime(options, source)
                .AddReferences(GeneratorHarness.CompilationWithoutRuntime(options, NewerRuntime).ToMetadataReference())
            : GeneratorHarness.Compilation(options, source);
        NetworkGenerator generator = _id == "UNR9999" ? new NetworkGenerator(Fail) : new NetworkGenerator();
        return await Run(compilation.WithOptions(compilation.Options.WithSyntaxTreeOptionsProvider(new EditorConfig(editorConfig))), generator, options, _files);
    }

    public Task<PageOutcome> RunMended(string after = "")
    {
        CSharpParseOptions options = new(LanguageVersion.CSharp13);
        return Run(GeneratorHarness.Compilation(options, $"using Unroll;\n{_mended}{after}"), new NetworkGenerator(), options, _mendedFiles);
    }

    private static async Task<PageOutcome> Run(CSharpCompilation compilation, NetworkGenerator generator, CSharpParseOptions options, AdditionalText[] files)
    {
        var driver = (CSharpGeneratorDriver)GeneratorHarness.Driver(generator, options).AddAdditionalTexts([.. files]);
        GeneratorOutcome outcome = GeneratorHarness.Run(compilation, driver);
        ImmutableArray<Diagnostic> analyzed = await compilation
            .WithAnalyzers(
                [new OrphanAttributeAnalyzer()],
                new CompilationWithAnalyzersOptions(
                    new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: true))
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        return new PageOutcome([.. outcome.Reported, .. analyzed], outcome);
    }

    private static NetworkCode Fail(NetworkModel model, EquatableArray<SimdMachine> machines, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("a defect");

    private sealed class EditorConfig(string text) : SyntaxTreeOptionsProvider
    {
        private readonly AnalyzerConfigSet _set = AnalyzerConfigSet.Create(new List<AnalyzerConfig> { AnalyzerConfig.Parse(text, "/.editorconfig") });

        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => GeneratedKind.Unknown;

        public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity) =>
            _set.GetOptionsForSourcePath("/" + tree.FilePath).TreeOptions.TryGetValue(diagnosticId, out severity);

        public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
        {
            severity = ReportDiagnostic.Default;
            return false;
        }
    }
}

/// <param name="Reported">By generator and analyzers.</param>
/// <param name="Generated">What the generator did.</param>
internal sealed record PageOutcome(ImmutableArray<Diagnostic> Reported, GeneratorOutcome Generated)
{
    /// <summary>The C# compiler's errors and warnings, which it finds where they are asked for.</summary>
    public ImmutableArray<Diagnostic> FromCompiler => Generated.FromCompiler;
}
