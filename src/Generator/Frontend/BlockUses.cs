using Microsoft.CodeAnalysis;

namespace Unroll.Generator.Frontend;

/// <summary>The uses of blocks on one declaration, by name: what later ones may share.</summary>
internal sealed class BlockUses
{
    private readonly Dictionary<string, (ITypeSymbol Block, bool IsTrained)> _uses = new(StringComparer.Ordinal);

    public void Add(string name, ITypeSymbol block, bool isTrained) => _uses[name] = (block, isTrained);

    /// <summary>Whether training may change the parameters of a use; null where none of the block has the name.</summary>
    public bool? IsTrained(string name, ITypeSymbol block) =>
        _uses.TryGetValue(name, out (ITypeSymbol Block, bool IsTrained) use) && SymbolEqualityComparer.Default.Equals(use.Block, block) ? use.IsTrained : null;
}
