using Microsoft.CodeAnalysis;

namespace Unroll.Generator.Frontend;

/// <summary>The runtime's types by metadata name: the generator has no reference to them.</summary>
internal static class MetadataNames
{
    public const string Network = "Unroll.NetworkAttribute";
    public const string Layer = "Unroll.LayerAttribute";
    public const string Block = "Unroll.BlockAttribute";
    public const string Use = "Unroll.UseAttribute<TBlock>";
    public const string Residual = "Unroll.ResidualAttribute<TBlock>";
    public const string Budget = "Unroll.BudgetAttribute";
    public const string Model = "Unroll.Model";

    private static readonly SymbolDisplayFormat s_format = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.ExpandNullable);

    /// <summary>For instance <c>System.Nullable&lt;System.Int32&gt;</c>.</summary>
    public static string Of(ITypeSymbol type) => type.ToDisplayString(s_format);

    public static bool Is(ITypeSymbol? type, string name) => type is not null && Of(type) == name;

    public static bool IsLayer(AttributeData attribute)
    {
        for (INamedTypeSymbol? type = attribute.AttributeClass; type is not null; type = type.BaseType)
        {
            if (Is(type, Layer))
            {
                return true;
            }
        }

        return false;
    }
}
