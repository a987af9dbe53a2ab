using Unroll.Generator.Model;

namespace Unroll.Generator.Shapes;

/// <summary>What one layer adds to the size of its network.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Parameters">All parameters, those included that only data sets.</param>
/// <param name="MultiplyAdds">Of one sample's products.</param>
/// <param name="Bytes">The memory of the parameters, rows padded to whole vectors.</param>
internal sealed record LayerCost(ShapedLayer Layer, long Parameters, long MultiplyAdds, long Bytes)
{
    /// <summary>The layers in order of execution, those inside residual connections each on its own.</summary>
    public static IEnumerable<LayerCost> Of(EquatableArray<ShapedLayer> layers) =>
        layers.SelectMany(static layer => layer.Spec is ResidualSpec ? Of(layer.Body) : [Of(layer)]);

    // Within the limits of shape inference, so that no sum leaves long.
    private static LayerCost Of(ShapedLayer layer)
    {
        Shape[] parameters = [.. ParameterShapes.Of(layer.Spec, layer.Input)];
        return new LayerCost(
            layer,
            parameters.Sum(static parameter => parameter.Size),
            layer.Spec is DenseSpec dense ? layer.Input.Size * dense.Units : 0,
            parameters.Sum(static parameter => parameter.PaddedSize) * sizeof(float));
    }
}
