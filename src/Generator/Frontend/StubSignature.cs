using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Unroll.Generator.Frontend;

/// <summary>Writes symbols as they are declared, for every version of the language: names in full, without nullable annotations.</summary>
internal static class StubSignature
{
    public static readonly SymbolDisplayFormat Format = new(
        SymbolDisplayGlobalNamespaceStyle.Included,
        SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        SymbolDisplayGenericsOptions.IncludeTypeParameters,
        SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeRef,
        parameterOptions: SymbolDisplayParameterOptions.IncludeParamsRefOut | SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers | SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    /// <summary>For instance <c>float[] Predict(global::System.ReadOnlySpan&lt;float&gt; inputs)</c>.</summary>
    public static string Of(IMethodSymbol method, LanguageVersion language) =>
        $"{method.ToDisplayString(Format)}({string.Join(", ", method.Parameters.Select(parameter => Of(parameter, language)))})";

    /// <summary>For instance <c>string Name</c>.</summary>
    public static string Of(IPropertySymbol property) => property.ToDisplayString(Format);

    // No constructor can be called with an argument that is dynamic.
    public static string DefaultOf(ITypeSymbol type) => $"default({(type.TypeKind == TypeKind.Dynamic ? "object" : type.ToDisplayString(Format))})";

    /// <summary>Whether calls that list the elements need a newer language than that.</summary>
    public static bool HasNewerParams(IMethodSymbol method, LanguageVersion language) =>
        method.Parameters.Any(parameter => ElementOfNewerParams(parameter, language) is not null);

    // A body that throws has no use for the value of a default.
    private static string Of(IParameterSymbol parameter, LanguageVersion language)
    {
        string text = parameter.ToDisplayString(Format);
        if (ElementOfNewerParams(parameter, language) is { } element)
        {
            text = $"params {element.ToDisplayString(Format)}[]{text.Substring(text.LastIndexOf(' '))}";
        }

        return parameter.IsOptional ? $"{text} = {DefaultOf(parameter.Type)}" : text;
    }

    // Before C# 13, only arrays are written element by element.
    private static ITypeSymbol? ElementOfNewerParams(IParameterSymbol parameter, LanguageVersion language) =>
        language < LanguageVersion.CSharp13 && parameter is { IsParams: true, Type: INamedTypeSymbol { TypeArguments.Length: 1 } collection }
            ? collection.TypeArguments[0]
            : null;
}
