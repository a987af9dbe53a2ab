using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Unroll.Generator;
using Unroll.Interop;

namespace Unroll.Tool;

/// <summary>What the generator makes of an imported network's class, as the build of its user will.</summary>
internal static class GeneratedClass
{
    private static readonly CSharpParseOptions s_parseOptions = new(LanguageVersion.Latest);

    // Compilations made from one that has bound its references share them, which is most of the cost of a small network.
    private static readonly Lazy<CSharpCompilation> s_empty = new(static () =>
    {
        var compilation = CSharpCompilation.Create(
            "Imported",
            [],
            References(),
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
        _ = compilation.GetSpecialType(SpecialType.System_Object);
        return compilation;
    });

    /// <summary>Binds the references while something else goes on.</summary>
    public static void Prepare() => Task.Run(static () => s_empty.Value);

    /// <summary>The class with what was generated for it.</summary>
    /// <exception cref="InvalidDataException">The generator reports errors.</exception>
    public static Compilation Compile(ImportedNetwork network) => Generate(network, network.Source, []);

    /// <summary>Whether the generator takes the class together with its weights, which costs no run of the C# compiler.</summary>
    /// <exception cref="InvalidDataException">It does not, or what it declares is no C#.</exception>
    public static void Check(ImportedNetwork network)
    {
        string weights = network.ClassName + ".safetensors";
        Compilation compilation = Generate(network, network.SourceWith(weights), [new WeightsHeader(network, weights)]);
        Refuse(network, compilation.GetDeclarationDiagnostics());
    }

    public static void Refuse(ImportedNetwork network, IEnumerable<Diagnostic> diagnostics)
    {
        string[] errors = [.. diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(static diagnostic => $"{diagnostic}")];
        if (errors.Length > 0)
        {
            throw new InvalidDataException(
                $"The model cannot be a network as it is. Its class {network.ClassName} has errors:"
                + string.Concat(errors.Take(20).Select(static error => $"{Environment.NewLine}  {error}")));
        }
    }

    private static Compilation Generate(ImportedNetwork network, string source, IEnumerable<AdditionalText> additional)
    {
        CSharpCompilation compilation = s_empty.Value.AddSyntaxTrees(CSharpSyntaxTree.ParseText(source, s_parseOptions, network.ClassName + ".cs"));
        CSharpGeneratorDriver
            .Create([new NetworkGenerator().AsSourceGenerator()], additional, s_parseOptions, new ThisMachine())
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation generated, out var reported);
        Refuse(network, reported);
        return generated;
    }

    private static IEnumerable<MetadataReference> References() => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(static path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || path == typeof(Model).Assembly.Location)
        .Select(static path => MetadataReference.CreateFromFile(path));

    /// <summary>What a build tells the generator about a weights file.</summary>
    private sealed class WeightsHeader(ImportedNetwork network, string weights) : AdditionalText
    {
        public override string Path => weights + ".header";

        public override SourceText GetText(CancellationToken cancellationToken = default) =>
            SourceText.From(string.Join('\n', ["Unroll weights header 1", weights, weights, .. network.Tensors.Select(Line), ""]));

        private static string Line(ImportedTensor tensor) =>
            $"F32 {string.Join(',', tensor.Shape.Select(static size => size.ToString(CultureInfo.InvariantCulture)))} {tensor.Name}";
    }
}
