using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Unroll.Tests;

namespace Unroll.Generator.Tests;

/// <summary>Compiles source text against the Unroll runtime with the generator running, as a consumer's build does.</summary>
internal static class GeneratorHarness
{
    private static readonly CSharpParseOptions s_parseOptions = new(LanguageVersion.CSharp13);

    private static readonly ImmutableArray<MetadataReference> s_framework =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    private static readonly CSharpCompilation s_withoutRuntime = CSharpCompilation.Create(
        "Consumer",
        [],
        s_framework,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    // Compilations made from one that has bound its references share them, which is most of their cost.
    private static readonly CSharpCompilation s_withRuntime = BindReferences(
        s_withoutRuntime.AddReferences(MetadataReference.CreateFromFile(typeof(Unroll.Model).Assembly.Location)));

    /// <summary>The machines a test builds for unless it says otherwise: one, where what the C# compiler says of the kernels takes most of the time; all where slow tests are asked for.</summary>
    private static readonly BuildProperty s_machines = new("UnrollMachines", SlowTests.AreAskedFor ? null : "Vector256");

    /// <summary>A build for all machines, as a user's is.</summary>
    public static BuildProperty EveryMachine { get; } = new("UnrollMachines", null);

    /// <summary>The usual body of a test: <c>using Unroll;</c> and a file-scoped namespace <c>Shop</c> before the text.</summary>
    public static string InShop(string source) => $"using Unroll;\nnamespace Shop;\n{source}";

    public static CSharpCompilation Compilation(params string[] sources) => Compilation(s_parseOptions, sources);

    public static CSharpCompilation Compilation(CSharpParseOptions parseOptions, params string[] sources) =>
        s_withRuntime.AddSyntaxTrees(Parse(parseOptions, sources));

    public static CSharpCompilation CompilationWithoutRuntime(CSharpParseOptions parseOptions, params string[] sources) =>
        s_withoutRuntime.AddSyntaxTrees(Parse(parseOptions, sources));

    public static CSharpGeneratorDriver Driver(CSharpParseOptions? parseOptions = null) => Driver(new NetworkGenerator(), parseOptions);

    public static CSharpGeneratorDriver Driver(NetworkGenerator generator, CSharpParseOptions? parseOptions = null) => CSharpGeneratorDriver.Create(
        [generator.AsSourceGenerator()],
        parseOptions: parseOptions ?? s_parseOptions,
        optionsProvider: s_machines,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    public static CSharpGeneratorDriver Driver(BuildProperty property) =>
        (CSharpGeneratorDriver)Driver().WithUpdatedAnalyzerConfigOptions(property);

    public static GeneratorOutcome Run(params string[] sources) => Run(Compilation(sources), Driver());

    public static GeneratorOutcome Run(Compilation compilation, CSharpGeneratorDriver driver)
    {
        var run = (CSharpGeneratorDriver)driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
        GeneratorDriverRunResult result = run.GetRunResult();
        Assert.Null(result.Results.Single().Exception);
        return new GeneratorOutcome(result, output);
    }

    private static SyntaxTree[] Parse(CSharpParseOptions parseOptions, string[] sources) =>
        [.. sources.Select((source, index) => CSharpSyntaxTree.ParseText(source, parseOptions, $"File{index}.cs"))];

    private static CSharpCompilation BindReferences(CSharpCompilation compilation)
    {
        _ = compilation.GetSpecialType(SpecialType.System_Object);
        return compilation;
    }
}

/// <summary>What a run of the generator produced.</summary>
/// <param name="Result">Roslyn's account: sources, diagnostics, steps.</param>
/// <param name="Compilation">The consumer's compilation with the generated files.</param>
internal sealed record GeneratorOutcome(GeneratorDriverRunResult Result, Compilation Compilation)
{
    /// <summary>What the generator reported.</summary>
    public ImmutableArray<Diagnostic> Reported => Result.Diagnostics;

    /// <summary>What the C# compiler has to say, warnings included, with the generated files in place.</summary>
    public ImmutableArray<Diagnostic> FromCompiler =>
        [.. Compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)];

    public ImmutableArray<GeneratedSourceResult> Sources => Result.Results.Single().GeneratedSources;

    /// <summary>The values a tracked step gave, in order.</summary>
    public IEnumerable<T> Step<T>(string name) =>
        Result.Results.Single().TrackedSteps.TryGetValue(name, out ImmutableArray<IncrementalGeneratorRunStep> steps)
            ? steps.SelectMany(static step => step.Outputs).Select(static output => (T)output.Value)
            : [];
}
