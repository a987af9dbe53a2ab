using Microsoft.CodeAnalysis;
using Unroll.Generator.Diagnostics;

namespace Unroll.Generator.Frontend;

/// <summary>Turns the place of a problem into a location. Holds symbols, so it lives on the reporting branch only.</summary>
internal sealed class ProblemLocator(INamedTypeSymbol type, AttributeData network, IReadOnlyList<AttributeData> layers)
{
    public Location Locate(Place place) => place switch
    {
        NetworkPlace { Axis: { } axis } => AttributeSource.ElementLocation(network, axis),
        NetworkArgumentPlace argument => AttributeSource.Location(network, argument.Argument),
        LayerPlace { Argument: { } argument } layer => AttributeSource.Location(layers[layer.Position], argument),
        LayerPlace layer => AttributeSource.Location(layers[layer.Position]),
        LayerElementPlace layer => AttributeSource.ElementLocation(layers[layer.Position], layer.Element),
        BudgetPlace limit when BudgetReader.Find(type) is { } budget => AttributeSource.Location(budget, limit.Limit),
        MemberPlace member => type.GetMembers(member.Name)[member.Index].Locations[0],
        _ => AttributeSource.Location(network),
    };
}
