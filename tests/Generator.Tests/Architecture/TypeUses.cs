using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Unroll.Generator.Tests.Architecture;

/// <summary>A place in a file that uses a type of the same sources.</summary>
/// <param name="Node">The name, or what stands for it.</param>
/// <param name="Type">The outermost type that is meant.</param>
/// <param name="Declared">The file that declares it; of a type in parts, one of them.</param>
internal sealed record TypeUse(SyntaxNode Node, INamedTypeSymbol Type, SourceFile Declared);

/// <summary>What the files of the runtime use of each other.</summary>
/// <remarks>
/// What users see has one namespace, whichever folder it is in; so names are not enough, and the compiler is asked what each of them means. A member
/// counts as a use of its type, named or not.
/// </remarks>
internal sealed class TypeUses
{
    private const string Implicit =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; "
        + "global using System.Threading; global using System.Threading.Tasks;";

    // The generator of regular expressions does not run here, and the framework's structs show fields that its reference assemblies leave out. With any
    // other error a name may mean nothing, and its use would not be looked at.
    private static readonly string[] s_ofThisCompilation = ["CS8795", "CS0170"];

    private static readonly MetadataReference[] s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    // To compile the runtime takes seconds, and several tests ask.
    private static readonly Lazy<TypeUses> s_ofRuntime = new(static () => new TypeUses(RepositoryFiles.CSharpUnder("src/Runtime")));

    private readonly Dictionary<SyntaxTree, SourceFile> _files;
    private readonly CSharpCompilation _compilation;
    private readonly Dictionary<SourceFile, TypeUse[]> _uses;

    /// <param name="files">All sources.</param>
    public TypeUses(IReadOnlyList<SourceFile> files)
    {
        Files = files;
        _files = files.ToDictionary(static file => file.Syntax.SyntaxTree);
        _compilation = CSharpCompilation.Create(
            "Runtime",
            [.. _files.Keys, SourceFile.Parse("Implicit.cs", Implicit).Syntax.SyntaxTree],
            s_references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        Error = _compilation.GetDiagnostics().FirstOrDefault(static diagnostic =>
            diagnostic.Severity == DiagnosticSeverity.Error && !s_ofThisCompilation.Contains(diagnostic.Id))?.ToString();
        _uses = files.ToDictionary(static file => file, FindUses);
    }

    /// <summary>Those of all files of the runtime.</summary>
    public static TypeUses OfRuntime => s_ofRuntime.Value;

    public IReadOnlyList<SourceFile> Files { get; }

    /// <summary>Why the files do not compile, with which what they use is not known; null where they do.</summary>
    public string? Error { get; }

    /// <summary>The types of these sources that a file uses, its own among them.</summary>
    public IReadOnlyList<TypeUse> Of(SourceFile file) => _uses[file];

    /// <summary>The types that a file declares, outermost ones.</summary>
    public IEnumerable<(SyntaxNode Node, INamedTypeSymbol Type)> DeclaredIn(SourceFile file)
    {
        SemanticModel model = _compilation.GetSemanticModel(file.Syntax.SyntaxTree);
        return file.Syntax.DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .Where(static node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax)
            .Select(node => (node, (INamedTypeSymbol)model.GetDeclaredSymbol(node)!));
    }

    private TypeUse[] FindUses(SourceFile file)
    {
        SemanticModel model = _compilation.GetSemanticModel(file.Syntax.SyntaxTree);
        return
        [
            .. from node in file.Syntax.DescendantNodes()
               where node is SimpleNameSyntax or ImplicitObjectCreationExpressionSyntax
               let type = Outermost(model.GetSymbolInfo(node).Symbol)
               let tree = type?.Locations[0].SourceTree
               where tree is not null && _files.ContainsKey(tree)
               select new TypeUse(node, type, _files[tree]),
        ];
    }

    /// <summary>The outermost type that a name stands for, or that declares the member it stands for.</summary>
    private static INamedTypeSymbol? Outermost(ISymbol? symbol)
    {
        INamedTypeSymbol? type = symbol as INamedTypeSymbol ?? symbol?.ContainingType;
        while (type?.ContainingType is { } outer)
        {
            type = outer;
        }

        return type?.OriginalDefinition;
    }
}
