using Microsoft.CodeAnalysis;

namespace Unroll.Generator.Frontend;

/// <summary>The attributes of a class that are parts of its network: layers, inputs and outputs.</summary>
/// <param name="OnDeclaration">Those on the declaration that carries the marker, <c>[Network]</c> or <c>[Block]</c>, in source order.</param>
/// <param name="Elsewhere">Any others.</param>
internal sealed record LayerStack(AttributeData[] OnDeclaration, AttributeData[] Elsewhere)
{
    public static LayerStack Of(INamedTypeSymbol type, AttributeData marker)
    {
        // A class of another assembly has no syntax here, and its attributes come in source order.
        SyntaxNode? declaration = AttributeSource.Declaration(marker);
        ILookup<bool, AttributeData> layers = type.GetAttributes()
            .Where(MetadataNames.IsPart)
            .ToLookup(attribute => AttributeSource.Declaration(attribute) == declaration);
        return new LayerStack(
            [.. layers[true].OrderBy(static attribute => attribute.ApplicationSyntaxReference?.Span.Start ?? 0)],
            [.. layers[false]]);
    }
}
