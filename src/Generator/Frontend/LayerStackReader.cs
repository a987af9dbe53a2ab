using System.Globalization;
using Microsoft.CodeAnalysis;
using Unroll.Generator.Diagnostics;
using Unroll.Generator.Model;

namespace Unroll.Generator.Frontend;

/// <summary>The layer attributes of one network, its blocks expanded, as specs: order, names, and each kind's own reader.</summary>
/// <param name="network">The network's class.</param>
/// <param name="problems">Receives what is wrong.</param>
internal sealed class LayerStackReader(INamedTypeSymbol network, List<Problem> problems)
{
    /// <summary>Attributes read before giving up: repeated blocks of repeated blocks grow fast.</summary>
    public const int MostLayers = 1000;

    private readonly List<AttributeData> _attributes = [];
    private readonly List<INamedTypeSymbol> _around = [];
    private string _displayName = "";
    private bool _isFull;

    /// <summary>
    /// The attribute to report at, by layer position. One attribute of a block has a position for each use; a block of another assembly is
    /// represented by the attribute that uses it.
    /// </summary>
    public IReadOnlyList<AttributeData> Attributes => _attributes;

    /// <param name="stack">The network's layer attributes.</param>
    /// <param name="displayName">The network, for messages.</param>
    public EquatableArray<LayerSpec> Read(LayerStack stack, string displayName)
    {
        _displayName = displayName;
        if (stack.OnDeclaration.Length + stack.Elsewhere.Length == 0)
        {
            problems.Add(Problem.At(Place.Network, DiagnosticDescriptors.NoLayers, $"Network {displayName}", "Network"));
        }

        return ReadStack(stack, new Level($"network {displayName}", "Network", Prefix: "", ReportAt: null)).ToEquatableArray();
    }

    private List<LayerSpec> ReadStack(LayerStack stack, Level level)
    {
        var specs = new List<LayerSpec>();
        var names = new LayerNames(level.Prefix, problems);
        for (int ordinal = 0; ordinal < stack.OnDeclaration.Length && !_isFull; ordinal++)
        {
            AttributeData attribute = stack.OnDeclaration[ordinal];
            int position = Add(level.ReportAt ?? attribute);
            names.Ordinal = ordinal;
            if (BlockUse.Of(attribute) is { } use)
            {
                specs.AddRange(ReadUse(use, attribute, position, level, names));
            }
            else if (LayerAttributeReader.Find(MetadataNames.Of(attribute.AttributeClass!)) is { } reader)
            {
                var arguments = new LayerArguments(attribute, position, level.Prefix, names.Next(reader.Kind), problems);
                names.Claim(arguments.Name, position);
                specs.Add(reader.Read(arguments));
            }
            else
            {
                problems.Add(Problem.At(
                    Place.Layer(position), DiagnosticDescriptors.UnknownLayer, _displayName, AttributeSource.Text(attribute)));
            }
        }

        foreach (AttributeData attribute in stack.Elsewhere)
        {
            problems.Add(Problem.At(
                Place.Layer(Add(level.ReportAt ?? attribute)),
                DiagnosticDescriptors.LayersOnTwoDeclarations,
                level.Owner,
                level.Marker,
                AttributeSource.Text(attribute)));
        }

        return specs;
    }

    private IEnumerable<LayerSpec> ReadUse(BlockUse use, AttributeData attribute, int position, Level level, LayerNames names)
    {
        var specs = new List<LayerSpec>();
        string first = names.Next(use.Kind);
        var arguments = new LayerArguments(attribute, position, level.Prefix, first, problems);
        int repeat = arguments.Count("Repeat");
        if (use.FindMarker(arguments, _around) is not { } marker)
        {
            return specs;
        }

        var block = (INamedTypeSymbol)use.Block;
        LayerStack stack = LayerStack.Of(block, marker);
        int known = problems.Count;
        if (stack.OnDeclaration.Length + stack.Elsewhere.Length == 0)
        {
            problems.Add(Problem.At(
                Place.Layer(position, AttributeSource.TypeArgument), DiagnosticDescriptors.NoLayers, $"Block {block.ToDisplayString()}", "Block"));
        }

        // What is wrong in one repetition is wrong in all.
        for (int repetition = 0; repetition < repeat && problems.Count == known; repetition++)
        {
            string numbered = repetition == 0 ? first : names.Next(use.Kind);
            string name = level.Prefix + BlockUse.NameOf(arguments.GivenName, numbered, repetition, repeat);
            names.Claim(name, position);
            bool isLocal = SymbolEqualityComparer.Default.Equals(block.ContainingAssembly, network.ContainingAssembly);
            int own = repetition == 0 ? position : Add(_attributes[position]);
            _around.Add(block);
            List<LayerSpec> body = ReadStack(
                stack, new Level($"block {block.ToDisplayString()}", "Block", name + "/", isLocal ? null : _attributes[position]));
            _around.RemoveAt(_around.Count - 1);
            specs.AddRange(use.IsResidual ? [new ResidualSpec(own, name, body.ToEquatableArray())] : body);
        }

        return specs;
    }

    private int Add(AttributeData attribute)
    {
        _attributes.Add(attribute);
        if (_attributes.Count > MostLayers && !_isFull)
        {
            _isFull = true;
            problems.Add(Problem.At(
                Place.Network, DiagnosticDescriptors.TooManyLayers, _displayName, MostLayers.ToString(CultureInfo.InvariantCulture)));
        }

        return _attributes.Count - 1;
    }

    /// <summary>A network, or one use of a block.</summary>
    /// <param name="Owner">For messages: <c>block Shop.Body</c>.</param>
    /// <param name="Marker">The attribute that makes it one.</param>
    /// <param name="Prefix">What its layers' names begin with: <c>body1/</c>.</param>
    /// <param name="ReportAt">Where problems of its layers are reported; null: at the layers.</param>
    private sealed record Level(string Owner, string Marker, string Prefix, AttributeData? ReportAt);
}
