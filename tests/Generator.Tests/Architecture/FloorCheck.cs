using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Unroll.Generator.Tests.Architecture;

/// <summary>Finds where a folder of the runtime uses one that is not below it.</summary>
/// <remarks>
/// What users see has one namespace, whichever folder it is in; so names are not enough, and the compiler is asked what each of them means. A member
/// counts as a use of its type, named or not.
/// </remarks>
internal sealed class FloorCheck
{
    private const string Implicit =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; "
        + "global using System.Threading; global using System.Threading.Tasks;";

    // The generator of regular expressions does not run here, and the framework's structs show fields that its reference assemblies leave out. With any
    // other error a name may mean nothing, and its use would not be looked at.
    private static readonly string[] s_ofThisCompilation = ["CS8795", "CS0170"];

    private readonly Dictionary<SyntaxTree, SourceFile> _files;
    private readonly CSharpCompilation _compilation;
    private readonly SortedSet<string> _violations = new(StringComparer.Ordinal);

    private FloorCheck(IReadOnlyList<SourceFile> files)
    {
        _files = files.ToDictionary(static file => file.Syntax.SyntaxTree);
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(static path => MetadataReference.CreateFromFile(path));
        _compilation = CSharpCompilation.Create(
            "Runtime",
            [.. _files.Keys, SourceFile.Parse("Implicit.cs", Implicit).Syntax.SyntaxTree],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
    }

    /// <param name="files">All of the runtime's sources.</param>
    /// <returns>One line a violation, with file and line.</returns>
    public static IReadOnlyList<string> Violations(IReadOnlyList<SourceFile> files)
    {
        var check = new FloorCheck(files);
        Diagnostic? error = check._compilation.GetDiagnostics().FirstOrDefault(static diagnostic =>
            diagnostic.Severity == DiagnosticSeverity.Error && !s_ofThisCompilation.Contains(diagnostic.Id));
        if (error is not null)
        {
            return [error.ToString()];
        }

        foreach (SourceFile file in files)
        {
            check.Check(file);
        }

        return [.. check._violations];
    }

    private void Check(SourceFile file)
    {
        if (!RuntimeFloors.Folders.Contains(file.Stage))
        {
            _violations.Add($"{file.Path}: the folder '{file.Stage}' is on no floor of {nameof(RuntimeFloors)}");
            return;
        }

        SemanticModel model = _compilation.GetSemanticModel(file.Syntax.SyntaxTree);
        foreach (SyntaxNode node in file.Syntax.DescendantNodes())
        {
            if (node is SimpleNameSyntax name)
            {
                CheckUse(file, name, TypeOf(model.GetSymbolInfo(name).Symbol));
            }
            else if (node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax && node.Parent is BaseNamespaceDeclarationSyntax)
            {
                CheckNamespace(file, node, (INamedTypeSymbol)model.GetDeclaredSymbol(node)!);
            }
        }
    }

    private void CheckUse(SourceFile file, SimpleNameSyntax name, INamedTypeSymbol? type)
    {
        if (type?.Locations[0].SourceTree is { } tree && _files.TryGetValue(tree, out SourceFile? target) && !RuntimeFloors.Allows(file.Stage, target.Stage))
        {
            _violations.Add($"{file.Path}({SourceFile.Line(name)}): {file.Stage} must not use {type.Name} of {target.Stage}");
        }
    }

    // What users see has one namespace, and what only generated code sees another, whichever folder it lies in.
    private void CheckNamespace(SourceFile file, SyntaxNode declaration, INamedTypeSymbol type)
    {
        string[] expected = type.DeclaredAccessibility == Accessibility.Public ? ["Unroll", "Unroll.Compiled", "Unroll.Numerics"] : [$"Unroll.{file.Stage}"];
        if (!expected.Contains(type.ContainingNamespace.ToDisplayString()))
        {
            _violations.Add($"{file.Path}({SourceFile.Line(declaration)}): {type.Name} must be in the namespace {string.Join(" or ", expected)}");
        }
    }

    /// <summary>The outermost type that a name stands for, or that declares the member it stands for.</summary>
    private static INamedTypeSymbol? TypeOf(ISymbol? symbol)
    {
        INamedTypeSymbol? type = symbol as INamedTypeSymbol ?? symbol?.ContainingType;
        while (type?.ContainingType is { } outer)
        {
            type = outer;
        }

        return type?.OriginalDefinition;
    }
}
