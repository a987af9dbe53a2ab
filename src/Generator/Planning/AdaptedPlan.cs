using Unroll.Generator.Layers;
using Unroll.Generator.Model;
using Unroll.Generator.Shapes;

namespace Unroll.Generator.Planning;

/// <summary>A layer whose mean and variance are measured from data.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Mean">The parameter that is the mean.</param>
/// <param name="Variance">The parameter that is the variance.</param>
/// <param name="Source">The input whose values it reads, in their order; or the layer that changes them before.</param>
internal sealed record AdaptedPlan(string Layer, string Mean, string Variance, string Source)
{
    /// <summary>All of a network. Parameters that several layers share are measured where the first of them stands.</summary>
    public static EquatableArray<AdaptedPlan> Of(ShapedNetwork network) => network.Layers
        .Where(static layer => layer.OwnsParameters)
        .SelectMany(layer => Of(network.Model, layer.Node))
        .ToEquatableArray();

    private static IEnumerable<AdaptedPlan> Of(NetworkModel model, LayerNode node) => node.Layer.Measured is { } measured
        ? [new AdaptedPlan(node.Layer.Name, $"{node.Owner}/{measured.Mean}", $"{node.Owner}/{measured.Variance}", ValueSource.Of(model, node))]
        : [];
}
