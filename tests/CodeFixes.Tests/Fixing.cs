using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Unroll.Generator;

namespace Unroll.CodeFixes.Tests;

/// <summary>Applies a code fix as an editor does: to what analyzers and the C# compiler report in a workspace.</summary>
internal static class Fixing
{
    private static readonly CSharpParseOptions s_parseOptions = new(LanguageVersion.CSharp13);

    private static readonly MetadataReference[] s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(static path => MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(typeof(Model).Assembly.Location),
    ];

    /// <summary>The fix turns the first source into the second, and the diagnostic, which was there, is gone.</summary>
    public static async Task Gives(CodeFixProvider fix, string id, string before, string after) => await Gives(fix, id, [before], [after]);

    public static async Task Gives(CodeFixProvider fix, string id, string[] before, string[] after)
    {
        Project project = Open(before);
        Assert.Contains(await Reported(project), diagnostic => diagnostic.Id == id);

        Project mended = Assert.Single(await Fixed(fix, id, project)).Projects.Single();

        Assert.Equal(after.Select(Source), await Task.WhenAll(mended.Documents.Select(static async document =>
            (await document.GetTextAsync(TestContext.Current.CancellationToken)).ToString())));
        ImmutableArray<Diagnostic> left = await Reported(mended);
        Assert.DoesNotContain(left, diagnostic => diagnostic.Id == id);
        Assert.DoesNotContain(left, static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }

    /// <summary>The diagnostic is there and the fix offers nothing.</summary>
    public static async Task OffersNothing(CodeFixProvider fix, string id, string source) =>
        Assert.Empty(await Fixed(fix, id, Open([source])));

    private static Project Open(string[] sources)
    {
        Project project = new AdhocWorkspace().AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(),
            VersionStamp.Default,
            "Consumer",
            "Consumer",
            LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable),
            parseOptions: s_parseOptions,
            metadataReferences: s_references));
        for (int i = 0; i < sources.Length; i++)
        {
            project = project.AddDocument($"File{i}.cs", Source(sources[i])).Project;
        }

        return project;
    }

    private static string Source(string text) => "using Unroll;\n" + text.ReplaceLineEndings("\n");

    /// <summary>What an editor fixes: the analyzers' and the compiler's diagnostics, with the generated code in place.</summary>
    private static async Task<ImmutableArray<Diagnostic>> FixableOnes(Project project)
    {
        Compilation compilation = (await project.GetCompilationAsync(TestContext.Current.CancellationToken))!;
        ImmutableArray<Diagnostic> analyzed = await compilation
            .WithAnalyzers([new FixableProblemAnalyzer()])
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        return [.. analyzed, .. compilation.GetDiagnostics(TestContext.Current.CancellationToken)];
    }

    /// <summary>What a user sees: the generator's and the compiler's diagnostics.</summary>
    private static async Task<ImmutableArray<Diagnostic>> Reported(Project project)
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: s_parseOptions);
        driver.RunGeneratorsAndUpdateCompilation(
            (await project.GetCompilationAsync(TestContext.Current.CancellationToken))!, out Compilation output, out ImmutableArray<Diagnostic> generated);
        return [.. generated, .. output.GetDiagnostics(TestContext.Current.CancellationToken)];
    }

    private static async Task<List<Solution>> Fixed(CodeFixProvider fix, string id, Project project)
    {
        Assert.Contains(id, fix.FixableDiagnosticIds);
        Diagnostic diagnostic = (await FixableOnes(project)).First(candidate => candidate.Id == id);
        var actions = new List<CodeAction>();
        await fix.RegisterCodeFixesAsync(new CodeFixContext(
            project.GetDocument(diagnostic.Location.SourceTree)!, diagnostic, (action, _) => actions.Add(action), TestContext.Current.CancellationToken));
        var solutions = new List<Solution>();
        foreach (CodeAction action in actions)
        {
            ImmutableArray<CodeActionOperation> operations = await action.GetOperationsAsync(TestContext.Current.CancellationToken);
            solutions.Add(operations.OfType<ApplyChangesOperation>().Single().ChangedSolution);
        }

        return solutions;
    }
}
