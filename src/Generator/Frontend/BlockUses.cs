using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Unroll.Generator.Diagnostics;

namespace Unroll.Generator.Frontend;

/// <summary>The uses of blocks on one declaration, by name: what later ones may share.</summary>
internal sealed class BlockUses
{
    private readonly Dictionary<string, (ITypeSymbol Block, bool IsTrained)> _uses = new(StringComparer.Ordinal);

    public void Add(string name, ITypeSymbol block, bool isTrained) => _uses[name] = (block, isTrained);

    /// <summary>Whether training may change the parameters of a use; null where none of the block has the name.</summary>
    public bool? IsTrained(string name, ITypeSymbol block) =>
        _uses.TryGetValue(name, out (ITypeSymbol Block, bool IsTrained) use) && SymbolEqualityComparer.Default.Equals(use.Block, block) ? use.IsTrained : null;

    /// <summary>What is wrong with a name that is none of the block's uses.</summary>
    /// <param name="name">The name.</param>
    /// <param name="block">The block.</param>
    /// <param name="layer">The layer that names it, for messages.</param>
    /// <param name="place">Where to report.</param>
    public Problem NotFound(string name, ITypeSymbol block, string layer, Place place)
    {
        string[] names = [.. _uses.Keys.Where(each => IsTrained(each, block) is not null)];
        string received = names.Length == 0 ? "there is none" : $"{Quoted(name)} is none of {NameList.Of(names)}";
        return Problem.At(place, DiagnosticDescriptors.SharedUse, layer, block.Name, received) with
        {
            Replacement = NearestName.Of(name, names) is { } meant ? Quoted(meant) : null,
        };
    }

    private static string Quoted(string name) => SymbolDisplay.FormatLiteral(name, quote: true);
}
