using Microsoft.CodeAnalysis;

namespace Unroll.Generator.Tests.Architecture;

/// <summary>Finds where a folder of the runtime uses one that is not below it, and types in a namespace that is not their folder's.</summary>
internal static class FloorCheck
{
    /// <returns>One line a violation, with file and line.</returns>
    public static IReadOnlyList<string> Violations(TypeUses uses) => uses.Error is { } error
        ? [error]
        : [.. uses.Files.SelectMany(file => Violations(file, uses)).Distinct().Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Violations(SourceFile file, TypeUses uses)
    {
        if (!RuntimeFloors.Folders.Contains(file.Stage))
        {
            return [$"{file.Path}: the folder '{file.Stage}' is on no floor of {nameof(RuntimeFloors)}"];
        }

        IEnumerable<string> arrows = uses.Of(file)
            .Where(use => !RuntimeFloors.Allows(file.Stage, use.Declared.Stage))
            .Select(use => $"{file.Path}({SourceFile.Line(use.Node)}): {file.Stage} must not use {use.Type.Name} of {use.Declared.Stage}");
        IEnumerable<string> strays =
            from declared in uses.DeclaredIn(file)
            let expected = NamespacesOf(declared.Type, file)
            where !expected.Contains(declared.Type.ContainingNamespace.ToDisplayString())
            select $"{file.Path}({SourceFile.Line(declared.Node)}): {declared.Type.Name} must be in the namespace {string.Join(" or ", expected)}";
        return arrows.Concat(strays);
    }

    // What users see has one namespace, and what only generated code sees another, whichever folder it lies in.
    private static string[] NamespacesOf(INamedTypeSymbol type, SourceFile file) =>
        type.DeclaredAccessibility == Accessibility.Public ? ["Unroll", "Unroll.Compiled", "Unroll.Numerics"] : [$"Unroll.{file.Stage}"];
}
