using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Unroll.Generator;
using Unroll.Generator.Emission;
using Unroll.Generator.Layers;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Benchmarks.Editor;

/// <summary>A project open in an editor: files that are edited, and a generator driver that follows.</summary>
internal sealed class EditedProject
{
    private static readonly CSharpParseOptions s_options = new(LanguageVersion.CSharp13);

    private static readonly MetadataReference[] s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(static path => MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(typeof(Model).Assembly.Location),
    ];

    private CSharpCompilation _compilation;
    private GeneratorDriver _driver;
    private int _compiled;

    public EditedProject(IEnumerable<string> files)
    {
        _compilation = CSharpCompilation.Create(
            "Edited",
            files.Select(static (text, index) => Parse(text, $"File{index}.cs")),
            s_references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        _driver = CSharpGeneratorDriver.Create(
            [new NetworkGenerator(Compile).AsSourceGenerator()],
            parseOptions: s_options);
    }

    /// <summary>Runs the generator on the project as it is.</summary>
    /// <returns>
    /// Milliseconds of processor time, which do not depend on what else the machine does: what Roslyn spends on finding attributes included,
    /// binding the user's code left out.
    /// </returns>
    public double Regenerate()
    {
        // Declarations and attributes are bound by whoever asks first; in an editor that is hardly ever the generator.
        foreach (INamedTypeSymbol type in _compilation.GlobalNamespace.GetTypeMembers())
        {
            type.GetAttributes();
        }

        _compiled = 0;
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        TimeSpan start = Environment.CpuUsage.TotalTime;
        _driver = _driver.RunGenerators(_compilation);
        double milliseconds = (Environment.CpuUsage.TotalTime - start).TotalMilliseconds;
        Megabytes = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / 1e6;
        return milliseconds;
    }

    /// <summary>What the last run allocated: the same at every run of the same work, whatever the clock says.</summary>
    public double Megabytes { get; private set; }

    public void Edit(int file, string text) =>
        _compilation = _compilation.ReplaceSyntaxTree(_compilation.SyntaxTrees[file], Parse(text, $"File{file}.cs"));

    /// <summary>How many networks were compiled in the last run.</summary>
    public int Compiled => _compiled;

    // Counted here: a driver that is asked to track its steps, as no editor's is, walks all paths between them after each edit.
    private NetworkCode Compile(NetworkModel model, EquatableArray<SimdMachine> machines, CancellationToken cancellationToken)
    {
        _compiled++;
        return NetworkCompiler.Compile(model, machines, cancellationToken);
    }

    private static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText("using Unroll;\n" + text, s_options, path);
}
