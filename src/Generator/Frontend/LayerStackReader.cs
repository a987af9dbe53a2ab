using System.Globalization;
using Microsoft.CodeAnalysis;
using Unroll.Generator.Diagnostics;
using Unroll.Generator.Model;

namespace Unroll.Generator.Frontend;

/// <summary>The layer attributes of one network as specs: order, names, and each kind's own reader.</summary>
internal static class LayerStackReader
{
    /// <param name="attributes">All layer attributes of the class.</param>
    /// <param name="onDeclaration">How many of them, the first ones, stand on the declaration with <c>[Network]</c>.</param>
    /// <param name="displayName">The network, for messages.</param>
    /// <param name="problems">Receives what is wrong.</param>
    public static EquatableArray<LayerSpec> Read(AttributeData[] attributes, int onDeclaration, string displayName, List<Problem> problems)
    {
        if (attributes.Length == 0)
        {
            problems.Add(Problem.At(Place.Network, DiagnosticDescriptors.NoLayers, $"Network {displayName}", "Network"));
        }

        var specs = new List<LayerSpec>();
        var countByKind = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int position = 0; position < onDeclaration; position++)
        {
            AttributeData attribute = attributes[position];
            if (LayerAttributeReader.Find(MetadataNames.Of(attribute.AttributeClass!)) is not { } reader)
            {
                problems.Add(OfNetwork(DiagnosticDescriptors.UnknownLayer, displayName, attribute, position));
                continue;
            }

            // Counting named layers too keeps the others' names, and with them saved weights, when one layer is given a name.
            countByKind.TryGetValue(reader.Kind, out int before);
            countByKind[reader.Kind] = before + 1;
            string defaultName = reader.Kind + (before + 1).ToString(CultureInfo.InvariantCulture);
            specs.Add(reader.Read(new LayerArguments(attribute, position, prefix: "", defaultName, problems)));
        }

        for (int position = onDeclaration; position < attributes.Length; position++)
        {
            problems.Add(Problem.At(
                Place.Layer(position),
                DiagnosticDescriptors.LayersOnTwoDeclarations,
                $"network {displayName}",
                "Network",
                AttributeSource.Text(attributes[position])));
        }

        CheckNames(specs, problems);
        return specs.ToEquatableArray();
    }

    private static void CheckNames(List<LayerSpec> specs, List<Problem> problems)
    {
        var byName = new Dictionary<string, LayerSpec>(StringComparer.Ordinal);
        foreach (LayerSpec spec in specs)
        {
            if (byName.TryGetValue(spec.Name, out LayerSpec? first))
            {
                string other = "layer " + (first.Position + 1).ToString(CultureInfo.InvariantCulture);
                problems.Add(Problem.At(Place.Layer(spec.Position, "Name"), DiagnosticDescriptors.DuplicateName, spec.Name, other));
            }
            else
            {
                byName.Add(spec.Name, spec);
            }
        }
    }

    private static Problem OfNetwork(DiagnosticDescriptor descriptor, string displayName, AttributeData attribute, int position) =>
        Problem.At(Place.Layer(position), descriptor, displayName, AttributeSource.Text(attribute));
}
