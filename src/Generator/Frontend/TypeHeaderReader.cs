using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Unroll.Generator.Model;

namespace Unroll.Generator.Frontend;

/// <summary>How to reopen a class from another file.</summary>
internal static class TypeHeaderReader
{
    public static TypeHeader Read(INamedTypeSymbol type)
    {
        List<INamedTypeSymbol> containing = [.. ContainingTypes(type)];
        containing.Reverse();
        return new TypeHeader(
            NamespaceOf(type),
            containing.Select(Declaration).ToEquatableArray(),
            Declaration(type),
            Escape(type.Name),
            string.Join(".", Names(type, containing, static part => part.Name)),
            HintName(Names(type, containing, static part => part.MetadataName)));
    }

    /// <summary>Whether no other file can reopen the class, because it or a type around it is declared <c>file</c>.</summary>
    public static bool IsFileLocal(INamedTypeSymbol type) => type.IsFileLocal || ContainingTypes(type).Any(static outer => outer.IsFileLocal);

    /// <summary>Innermost first.</summary>
    public static IEnumerable<INamedTypeSymbol> ContainingTypes(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            yield return outer;
        }
    }

    /// <summary>Nearest first.</summary>
    public static IEnumerable<INamedTypeSymbol> BaseTypes(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? level = type.BaseType; level is not null; level = level.BaseType)
        {
            yield return level;
        }
    }

    /// <summary>The class as a type seen from inside itself.</summary>
    public static string SelfType(INamedTypeSymbol type) => Escape(type.Name) + TypeParameters(type, static _ => "");

    public static string Keyword(INamedTypeSymbol type) => (type.TypeKind, type.IsRecord) switch
    {
        (TypeKind.Struct, true) => "record struct",
        (TypeKind.Struct, false) => "struct",
        (TypeKind.Interface, _) => "interface",
        (_, true) => "record",
        _ => "class",
    };

    // Accessibility may be repeated when it is the same; modifiers like static or ref need to stand on one part only.
    private static string Declaration(INamedTypeSymbol type)
    {
        string accessibility = SyntaxFacts.GetText(type.DeclaredAccessibility);
        string isSealed = type.IsSealed && type.TypeKind == TypeKind.Class ? "sealed " : "";
        return $"{accessibility} {isSealed}partial {Keyword(type)} {Escape(type.Name)}{TypeParameters(type, Variance)}";
    }

    private static string TypeParameters(INamedTypeSymbol type, Func<ITypeParameterSymbol, string> modifier) =>
        type.Arity == 0 ? "" : $"<{string.Join(", ", type.TypeParameters.Select(parameter => modifier(parameter) + Escape(parameter.Name)))}>";

    private static string Variance(ITypeParameterSymbol parameter) => parameter.Variance switch
    {
        VarianceKind.In => "in ",
        VarianceKind.Out => "out ",
        _ => "",
    };

    private static string NamespaceOf(INamedTypeSymbol type) =>
        string.Join(".", NamespaceParts(type).Select(Escape));

    // Of what C# allows in a name, Roslyn refuses combining marks and most connectors in that of a file.
    private static string HintName(IEnumerable<string> names) => string.Concat(string.Join(".", names).Select(static character =>
        char.IsLetterOrDigit(character) || character is '.' or '_' or '`' ? character.ToString() : $"-u{(int)character:x}-"));

    private static IEnumerable<string> Names(INamedTypeSymbol type, List<INamedTypeSymbol> containing, Func<INamedTypeSymbol, string> name) =>
        [.. NamespaceParts(type), .. containing.Select(name), name(type)];

    private static IEnumerable<string> NamespaceParts(INamedTypeSymbol type)
    {
        var parts = new List<string>();
        for (INamespaceSymbol? part = type.ContainingNamespace; part is { IsGlobalNamespace: false }; part = part.ContainingNamespace)
        {
            parts.Add(part.Name);
        }

        parts.Reverse();
        return parts;
    }

    // The compiler warns of a type in lower case without the mark: it may become a word of the language.
    private static string Escape(string identifier) =>
        SyntaxFacts.GetKeywordKind(identifier) != SyntaxKind.None || identifier.All(static letter => letter is >= 'a' and <= 'z') ? "@" + identifier : identifier;
}
