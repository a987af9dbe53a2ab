using System.Globalization;
using Microsoft.CodeAnalysis;
using Unroll.Generator.Diagnostics;
using Unroll.Generator.Layers;
using Unroll.Generator.Model;

namespace Unroll.Generator.Frontend;

/// <summary>The attributes of one network, its blocks expanded, as named layers: order, names, who reads whom, and each kind's own reader.</summary>
/// <param name="network">The network's class.</param>
/// <param name="problems">Receives what is wrong.</param>
internal sealed class LayerStackReader(INamedTypeSymbol network, List<Problem> problems)
{
    /// <summary>Attributes read before giving up: repeated blocks of repeated blocks grow fast.</summary>
    public const int MostLayers = 1000;

    private const string NameArgument = "Name";
    private const string FromArgument = "From";

    private readonly List<AttributeData> _attributes = [];
    private readonly List<INamedTypeSymbol> _around = [];
    private readonly NetworkParts _parts = new();
    private EndReader _ends = null!;
    private string _displayName = "";
    private bool _isFull;

    /// <summary>
    /// The attribute to report at, by position. One attribute of a block has a position for each use; a block of another assembly is
    /// represented by the attribute that uses it.
    /// </summary>
    public IReadOnlyList<AttributeData> Attributes => _attributes;

    /// <param name="stack">The network's attributes.</param>
    /// <param name="input">The input that <c>[Network]</c> declares; null where it declares none.</param>
    /// <param name="displayName">The network, for messages.</param>
    public NetworkParts Read(LayerStack stack, NetworkInput? input, string displayName)
    {
        _displayName = displayName;
        _ends = new EndReader(displayName, _parts, problems);
        if (stack.OnDeclaration.Concat(stack.Elsewhere).All(static attribute => !MetadataNames.IsLayer(attribute)))
        {
            problems.Add(Problem.At(Place.Network, DiagnosticDescriptors.NoLayers, $"Network {displayName}", "Network"));
        }

        var scope = new ValueScope(problems);
        string inputName = EndReader.NameOfTheOneInput(stack);
        if (input is not null)
        {
            _parts.Inputs.Add(input with { Name = inputName });
        }

        // A network that lacks its input has one problem, not one more at its first layer.
        if (stack.OnDeclaration.All(static attribute => !MetadataNames.Is(attribute.AttributeClass, MetadataNames.Input)))
        {
            scope.Add(NetworkInput.DefaultName, inputName);
        }

        ReadStack(stack, new PartLevel($"network {displayName}", "Network", Prefix: "", OwnerPrefix: "", ReportAt: null, scope));
        if (_parts.Outputs.Count == 0 && _parts.Nodes.Count > 0)
        {
            _parts.Outputs.Add(new NetworkOutput(NetworkOutput.DefaultName, _parts.Nodes[_parts.Nodes.Count - 1].Layer.Name));
        }

        return _parts;
    }

    private void ReadStack(LayerStack stack, PartLevel level)
    {
        var names = new LayerNames(level.Prefix, problems);
        var uses = new BlockUses();
        if (level.IsOfEachStep)
        {
            names.Reserve(level.Prefix + NetworkInput.DefaultName);
        }

        for (int ordinal = 0; ordinal < stack.OnDeclaration.Length && !_isFull; ordinal++)
        {
            AttributeData attribute = stack.OnDeclaration[ordinal];
            int position = Add(level.ReportAt ?? attribute);
            names.Ordinal = ordinal;
            var source = new AttributeArguments(attribute);
            if (BlockUse.Of(attribute) is { } use)
            {
                ReadUse(use, attribute, source, position, level, names, uses);
            }
            else if (LayerCatalog.Find(MetadataNames.Of(attribute.AttributeClass!)) is { } kind)
            {
                ReadLayer(kind, attribute, source, position, level, names);
            }
            else if (MetadataNames.Is(attribute.AttributeClass, MetadataNames.Input))
            {
                _ends.ReadInput(attribute, source, position, level, names);
            }
            else if (MetadataNames.Is(attribute.AttributeClass, MetadataNames.Output))
            {
                _ends.ReadOutput(attribute, source, position, level, names);
            }
            else
            {
                problems.Add(Problem.At(Place.Layer(position), DiagnosticDescriptors.UnknownLayer, _displayName, AttributeSource.Text(attribute)));
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

        level.Scope.ReportUnknown();
    }

    private void ReadLayer(LayerKind kind, AttributeData attribute, AttributeArguments source, int position, PartLevel level, LayerNames names)
    {
        string defaultName = names.Next(kind.Prefix);
        source.ReportUnreadable(position, level.Prefix + defaultName, problems);
        string name = names.Usable(source.Value(NameArgument) as string, position, NameArgument, "Layer", defaultName) ?? defaultName;
        string fullName = level.Prefix + name;
        names.Claim(fullName, position);
        EquatableArray<string> inputs = MergeInputs.Of(kind, source, position, fullName, level.Scope, problems);
        var arguments = new LayerArguments(source, position, fullName, problems);
        Layer layer = kind.Read(arguments);
        _parts.Nodes.Add(new LayerNode(layer, inputs, level.OwnerPrefix + name)
        {
            IsTrained = level.IsTrained && arguments.Bool(BlockUses.TrainableArgument, fallback: true),
            SharedAt = level.SharedAt,
        });
        level.Scope.Add(name, fullName);
    }

    private void ReadUse(
        BlockUse use,
        AttributeData attribute,
        AttributeArguments source,
        int position,
        PartLevel level,
        LayerNames names,
        BlockUses uses)
    {
        string first = names.Next(use.Kind);
        source.ReportUnreadable(position, level.Prefix + first, problems);
        string? given = names.Usable(source.Value(NameArgument) as string, position, NameArgument, "Layer", first);
        var arguments = new LayerArguments(source, position, level.Prefix + (given ?? first), problems);
        int repeat = arguments.Count("Repeat");
        if (use.FindMarker(attribute, arguments, _around) is not { } marker)
        {
            return;
        }

        string? shared = source.Value(BlockUses.SharedArgument) as string;
        bool isTrained = uses.ReadTrained(arguments, shared, use.Block, level.IsTrained);
        string? input = level.Scope.Resolve(source.Value(FromArgument) as string, arguments.Name, arguments.At(FromArgument), FromArgument);
        LayerStack stack = LayerStack.Of((INamedTypeSymbol)use.Block, marker);
        int known = problems.Count;
        if (stack.OnDeclaration.Length + stack.Elsewhere.Length == 0)
        {
            problems.Add(Problem.At(
                arguments.At(AttributeSource.TypeArgument), DiagnosticDescriptors.NoLayers, $"Block {use.Block.ToDisplayString()}", "Block"));
        }

        // What is wrong in one repetition is wrong in all.
        for (int repetition = 0; repetition < repeat && problems.Count == known; repetition++)
        {
            string numbered = repetition == 0 ? first : names.Next(use.Kind);
            string name = BlockUse.NameOf(given, numbered, repetition, repeat);
            names.Claim(level.Prefix + name, position);
            uses.Add(name, use.Block, isTrained);
            int own = repetition == 0 ? position : Add(_attributes[position]);
            PartLevel around = level with { IsTrained = isTrained, SharedAt = shared is null ? level.SharedAt : position };
            input = Expand(use, stack, own, around, name, shared ?? name, input);
        }
    }

    /// <returns>The value the block gives.</returns>
    private string? Expand(BlockUse use, LayerStack stack, int position, PartLevel level, string name, string owner, string? input)
    {
        var block = (INamedTypeSymbol)use.Block;
        string fullName = level.Prefix + name;
        var scope = new ValueScope(problems);
        if (input is not null)
        {
            scope.Add(NetworkInput.DefaultName, use.Way == BlockWay.TimeDistributed ? AddStep(position, fullName, input) : input);
        }

        bool isLocal = SymbolEqualityComparer.Default.Equals(block.ContainingAssembly, network.ContainingAssembly);
        _around.Add(block);
        ReadStack(stack, level with
        {
            Owner = $"block {block.ToDisplayString()}",
            Marker = "Block",
            Prefix = fullName + "/",
            OwnerPrefix = $"{level.OwnerPrefix}{owner}/",
            ReportAt = isLocal ? null : _attributes[position],
            Scope = scope,
            IsOfEachStep = use.Way == BlockWay.TimeDistributed,
        });
        _around.RemoveAt(_around.Count - 1);
        // What is inside of steps belongs to no sequence outside.
        foreach (KeyValuePair<string, string> value in scope.Values.Where(value =>
            value.Key != NetworkInput.DefaultName && use.Way != BlockWay.TimeDistributed))
        {
            level.Scope.AddInner($"{name}/{value.Key}", value.Value);
        }

        string? output = scope.Above;
        if (use.Way != BlockWay.Plain && input is not null && output is not null)
        {
            _parts.Nodes.Add(new LayerNode(use.EndOf(position, fullName), EquatableArray.Of(input, output), fullName));
            output = fullName;
        }

        if (output is not null)
        {
            level.Scope.Add(name, output);
        }

        return output;
    }

    private string AddStep(int position, string name, string sequence)
    {
        string step = $"{name}/{NetworkInput.DefaultName}";
        _parts.Nodes.Add(new LayerNode(new EachStepLayer(position, step), EquatableArray.Of(sequence), step));
        return step;
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
}
