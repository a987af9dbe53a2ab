using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Unroll.CodeFixes;

/// <summary>Finds the attributes of networks and blocks in a user's source.</summary>
internal static class LayerAttributes
{
    /// <summary>Whether it is a layer.</summary>
    public static bool IsLayer(this SemanticModel semantics, AttributeSyntax attribute, CancellationToken cancellationToken)
    {
        for (ITypeSymbol? type = semantics.GetTypeInfo(attribute, cancellationToken).Type; type is not null; type = type.BaseType)
        {
            if (IsNamed(type, "LayerAttribute"))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether it makes a class a network or a block, or limits one.</summary>
    public static bool IsMarker(this SemanticModel semantics, AttributeSyntax attribute, CancellationToken cancellationToken) =>
        semantics.GetTypeInfo(attribute, cancellationToken).Type is { } type &&
        (IsNamed(type, "NetworkAttribute") || IsNamed(type, "BlockAttribute") || IsNamed(type, "BudgetAttribute"));

    private static bool IsNamed(ITypeSymbol type, string name) =>
        type.Name == name && type.ContainingNamespace is { Name: "Unroll", ContainingNamespace.IsGlobalNamespace: true };
}
