using Microsoft.CodeAnalysis;

namespace Unroll.Generator.Frontend;

/// <summary>The runtime's types by metadata name: the generator has no reference to them.</summary>
internal static class MetadataNames
{
    public const string Network = "Unroll.NetworkAttribute";
    public const string Part = "Unroll.NetworkPartAttribute";
    public const string Layer = "Unroll.LayerAttribute";
    public const string Input = "Unroll.InputAttribute";
    public const string Output = "Unroll.OutputAttribute";
    public const string Block = "Unroll.BlockAttribute";
    public const string Use = "Unroll.UseAttribute<TBlock>";
    public const string Residual = "Unroll.ResidualAttribute<TBlock>";
    public const string TimeDistributed = "Unroll.TimeDistributedAttribute<TBlock>";
    public const string Budget = "Unroll.BudgetAttribute";
    public const string Model = "Unroll.Model";

    private static readonly SymbolDisplayFormat s_format = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.ExpandNullable);

    /// <summary>For instance <c>System.Nullable&lt;System.Int32&gt;</c>.</summary>
    public static string Of(ITypeSymbol type) => type.ToDisplayString(s_format);

    public static bool Is(ITypeSymbol? type, string name) => type is not null && Of(type) == name;

    /// <summary>Whether an attribute is a layer, an input or an output.</summary>
    public static bool IsPart(AttributeData attribute) => DerivesFrom(attribute, Part);

    public static bool IsLayer(AttributeData attribute) => DerivesFrom(attribute, Layer);

    private static bool DerivesFrom(AttributeData attribute, string name)
    {
        for (INamedTypeSymbol? type = attribute.AttributeClass; type is not null; type = type.BaseType)
        {
            if (Is(type, name))
            {
                return true;
            }
        }

        return false;
    }
}
