using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Unroll.Generator.Diagnostics;
using Unroll.Generator.Layers;

namespace Unroll.Generator.Frontend;

/// <summary>A <c>[Use&lt;TBlock&gt;]</c>, <c>[Residual&lt;TBlock&gt;]</c> or <c>[TimeDistributed&lt;TBlock&gt;]</c>.</summary>
/// <param name="Block">The type argument, which may be any class, or none that exists.</param>
/// <param name="Way">What becomes of the block's input and output.</param>
internal sealed record BlockUse(ITypeSymbol Block, BlockWay Way)
{
    /// <summary>What unnamed uses are called: the class's name in the snake case of Keras, <c>ResidualBody</c> as <c>residual_body</c>.</summary>
    /// <remarks>A half-typed type argument has no name.</remarks>
    public string Kind => Block.Name.Length == 0 ? "block" : SnakeCase(Block.Name);

    /// <returns>Null where the attribute is another kind of layer.</returns>
    public static BlockUse? Of(AttributeData attribute)
    {
        if (attribute.AttributeClass is not { TypeArguments.Length: 1 } type)
        {
            return null;
        }

        BlockWay? way = MetadataNames.Of(type.OriginalDefinition) switch
        {
            MetadataNames.Use => BlockWay.Plain,
            MetadataNames.Residual => BlockWay.Residual,
            MetadataNames.TimeDistributed => BlockWay.TimeDistributed,
            _ => null,
        };
        return way is { } known ? new BlockUse(type.TypeArguments[0], known) : null;
    }

    /// <summary>The layer behind those of a block that is not plain.</summary>
    public Layer EndOf(int position, string name) =>
        Way == BlockWay.Residual ? new ResidualLayer(position, name) : new TimeDistributedLayer(position, name);

    /// <summary>The block's marker; null, and reported, where the type argument can be no block.</summary>
    public AttributeData? FindMarker(AttributeData attribute, LayerArguments arguments, IEnumerable<INamedTypeSymbol> around)
    {
        if (Block.TypeKind == TypeKind.Error)
        {
            arguments.Add(Problem.At(
                arguments.At(AttributeSource.TypeArgument),
                DiagnosticDescriptors.UnreadableArgument,
                $"Layer {arguments.Name}",
                $"[{AttributeSource.Text(attribute)}]"));
            return null;
        }

        AttributeData? marker = Block.GetAttributes().FirstOrDefault(static attribute => MetadataNames.Is(attribute.AttributeClass, MetadataNames.Block));
        if (marker is null)
        {
            arguments.Add(Problem.At(
                arguments.At(AttributeSource.TypeArgument), DiagnosticDescriptors.NotABlock, arguments.Name, Block.ToDisplayString()));
            return null;
        }

        if (Block.GetAttributes().Any(static attribute => MetadataNames.Is(attribute.AttributeClass, MetadataNames.Network)))
        {
            arguments.Add(Problem.At(
                arguments.At(AttributeSource.TypeArgument),
                DiagnosticDescriptors.NetworkIsBlock,
                $"Layer {arguments.Name}",
                Block.ToDisplayString()));
            return null;
        }

        List<INamedTypeSymbol> cycle = [.. around.SkipWhile(outer => !SymbolEqualityComparer.Default.Equals(outer, Block))];
        if (cycle.Count > 0)
        {
            string path = string.Join(" → ", cycle.Append(Block).Select(static block => block.Name));
            arguments.Add(Problem.At(arguments.At(AttributeSource.TypeArgument), DiagnosticDescriptors.BlockCycle, arguments.Name, path));
            return null;
        }

        return marker;
    }

    /// <summary>The name of one repetition, without prefix.</summary>
    public static string NameOf(string? given, string numbered, int repetition, int repeat) => given switch
    {
        null => numbered,
        _ when repeat == 1 => given,
        _ => given + (repetition + 1).ToString(CultureInfo.InvariantCulture),
    };

    private static string SnakeCase(string name)
    {
        var text = new StringBuilder();
        for (int i = 0; i < name.Length; i++)
        {
            bool startsWord = char.IsUpper(name[i]) && i > 0 && name[i - 1] != '_' &&
                (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            text.Append(startsWord ? "_" : "").Append(char.IsLetterOrDigit(name[i]) ? char.ToLowerInvariant(name[i]) : '_');
        }

        // Keeps the number that follows apart.
        return char.IsDigit(name[name.Length - 1]) ? text.Append('_').ToString() : text.ToString();
    }
}

/// <summary>How a block stands among layers.</summary>
internal enum BlockWay
{
    /// <summary>Its layers, one after another.</summary>
    Plain,

    /// <summary>Its input is added to its output.</summary>
    Residual,

    /// <summary>It is applied to every step of a sequence.</summary>
    TimeDistributed,
}
