using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Unroll.Generator.Diagnostics;
using Unroll.Generator.Layers;

namespace Unroll.Generator.Frontend;

/// <summary>The uses of blocks on one declaration, by name: what later ones may share.</summary>
internal sealed class BlockUses
{
    public const string SharedArgument = "Shared";
    public const string TrainableArgument = "Trainable";

    private readonly Dictionary<string, (ITypeSymbol Block, bool IsTrained)> _uses = new(StringComparer.Ordinal);

    public void Add(string name, ITypeSymbol block, bool isTrained) => _uses[name] = (block, isTrained);

    /// <summary>Whether training may change the parameters of a use: as it says itself, and of shared ones as the use does that has them.</summary>
    /// <param name="arguments">Those of the use.</param>
    /// <param name="shared">The use whose parameters it shares.</param>
    /// <param name="block">What both are uses of.</param>
    /// <param name="isTrainedAround">Whether training may change those of what it stands in.</param>
    public bool ReadTrained(LayerArguments arguments, string? shared, ITypeSymbol block, bool isTrainedAround)
    {
        if (shared is null)
        {
            return isTrainedAround && arguments.Bool(TrainableArgument, fallback: true);
        }

        arguments.RefuseUnread(TrainableArgument, SharedArgument, "null", Quoted(shared));
        if (IsTrained(shared, block) is bool isTrained)
        {
            return isTrained;
        }

        arguments.Add(NotFound(shared, block, arguments.Name, arguments.At(SharedArgument)));
        return true;
    }

    // Null where no use of the block has the name.
    private bool? IsTrained(string name, ITypeSymbol block) =>
        _uses.TryGetValue(name, out (ITypeSymbol Block, bool IsTrained) use) && SymbolEqualityComparer.Default.Equals(use.Block, block) ? use.IsTrained : null;

    private Problem NotFound(string name, ITypeSymbol block, string layer, Place place)
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
