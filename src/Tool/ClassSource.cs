using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Unroll.Interop;

namespace Unroll.Tool;

/// <summary>A class with [Network] in a source file that is there already.</summary>
internal static class ClassSource
{
    /// <summary>The class as an import would have written it, its weights left out.</summary>
    /// <param name="path">The file; the blocks that the class uses stand in it too.</param>
    /// <param name="className">The class; null where the file has one network alone.</param>
    /// <exception cref="InvalidDataException">The file has not one such class.</exception>
    public static ImportedNetwork Read(string path, string? className)
    {
        string text = File.ReadAllText(path);
        ClassDeclarationSyntax[] networks = [.. CSharpSyntaxTree.ParseText(text).GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>()
            .Where(declaration => Attributes(declaration, "Network").Any() && (className is null || declaration.Identifier.ValueText == className))];
        if (networks is not [ClassDeclarationSyntax network])
        {
            throw new InvalidDataException(
                $"{path}: one class with [Network]{(className is null ? "" : $" called {className}")} is expected, and it has {networks.Length}{(networks.Length > 1 ? ": give --class" : "")}.");
        }

        string name = network.Identifier.ValueText;
        string nameSpace = string.Join('.', network.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().Reverse().Select(static space => space.Name.ToString()));
        int inputs = Attributes(network, "Input").Count();
        int outputs = Attributes(network, "Output").Count();
        return new ImportedNetwork
        {
            ClassName = name,
            Namespace = nameSpace.Length == 0 ? null : nameSpace,
            Source = text,
            Inputs = Values("input", inputs),
            Outputs = Values("output", outputs),
            Tensors = [],
            Notes = [],
        };
    }

    private static ImportedValue[] Values(string kind, int count) =>
        count < 2 ? [new ImportedValue(kind, kind)] : [.. Enumerable.Range(1, count).Select(number => new ImportedValue($"{kind} {number}", $"{kind} {number}"))];

    private static IEnumerable<AttributeSyntax> Attributes(ClassDeclarationSyntax declaration, string name) =>
        declaration.AttributeLists.SelectMany(static list => list.Attributes).Where(attribute => attribute.Name.ToString() is var written && (written == name || written.EndsWith("." + name, StringComparison.Ordinal)));
}
