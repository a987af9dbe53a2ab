using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Unroll.Generator.Frontend;

/// <summary>From attribute data back to the text the user typed.</summary>
internal static class AttributeSource
{
    /// <summary>Stands for the type argument of a generic attribute where an argument's name is asked for.</summary>
    public const string TypeArgument = "<>";

    private const int LongestQuote = 60;

    public static AttributeSyntax? Syntax(AttributeData attribute) =>
        attribute.ApplicationSyntaxReference?.GetSyntax() as AttributeSyntax;

    /// <summary>The declaration the attribute stands on; null if that is in another assembly.</summary>
    public static SyntaxNode? Declaration(AttributeData attribute) => Syntax(attribute)?.Parent?.Parent;

    /// <summary>The attribute as typed, on one line and shortened.</summary>
    public static string Text(AttributeData attribute)
    {
        string text = string.Join(" ", (Syntax(attribute)?.ToString() ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= LongestQuote ? text : text.Substring(0, LongestQuote) + "...";
    }

    public static Location Location(AttributeData attribute) =>
        Syntax(attribute)?.GetLocation() ?? Microsoft.CodeAnalysis.Location.None;

    /// <summary>The argument for a constructor parameter or a property; the whole attribute where it is left out.</summary>
    public static Location Location(AttributeData attribute, string argument)
    {
        if (argument == TypeArgument)
        {
            return (TypeArgumentOf(Syntax(attribute)?.Name) ?? (SyntaxNode?)Syntax(attribute))?.GetLocation() ?? Location(attribute);
        }

        if (Syntax(attribute)?.ArgumentList is not { } list)
        {
            return Location(attribute);
        }

        AttributeArgumentSyntax? found = list.Arguments.FirstOrDefault(candidate =>
            (candidate.NameEquals?.Name ?? candidate.NameColon?.Name)?.Identifier.ValueText == argument);
        int ordinal = ParameterOrdinal(attribute, argument);
        if (found is null && ordinal >= 0 && ordinal < list.Arguments.Count && IsPositional(list.Arguments[ordinal]))
        {
            found = list.Arguments[ordinal];
        }

        return (found as SyntaxNode ?? list.Parent!).GetLocation();
    }

    /// <summary>One element of a <c>params</c> array that is the only parameter, spelled out or as an array.</summary>
    public static Location ElementLocation(AttributeData attribute, int index)
    {
        if (Syntax(attribute)?.ArgumentList is not { } list)
        {
            return Location(attribute);
        }

        SyntaxNode[] elements = [.. list.Arguments.Where(static argument => argument.NameEquals is null)];
        if (elements.Length == 1 && ((AttributeArgumentSyntax)elements[0]).Expression is { } array)
        {
            elements = array switch
            {
                ArrayCreationExpressionSyntax { Initializer: { } initializer } => [.. initializer.Expressions],
                ImplicitArrayCreationExpressionSyntax implicitArray => [.. implicitArray.Initializer.Expressions],
                CollectionExpressionSyntax collection => [.. collection.Elements],
                _ => elements,
            };
        }

        return index < elements.Length ? elements[index].GetLocation() : Location(attribute);
    }

    private static TypeSyntax? TypeArgumentOf(NameSyntax? name) => name switch
    {
        GenericNameSyntax generic => generic.TypeArgumentList.Arguments.FirstOrDefault(),
        QualifiedNameSyntax qualified => TypeArgumentOf(qualified.Right),
        AliasQualifiedNameSyntax qualified => TypeArgumentOf(qualified.Name),
        _ => null,
    };

    private static bool IsPositional(AttributeArgumentSyntax argument) => argument.NameEquals is null && argument.NameColon is null;

    private static int ParameterOrdinal(AttributeData attribute, string name) =>
        attribute.AttributeConstructor?.Parameters.FirstOrDefault(parameter => parameter.Name == name)?.Ordinal ?? -1;
}
