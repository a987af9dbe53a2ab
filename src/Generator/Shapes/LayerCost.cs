using Unroll.Generator.Layers;

namespace Unroll.Generator.Shapes;

/// <summary>What one layer adds to the size of its network.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Parameters">All parameters, those included that only data sets; none where they are those of a layer above.</param>
/// <param name="MultiplyAdds">Of one sample's products.</param>
/// <param name="Bytes">The memory of the parameters, rows padded to whole vectors.</param>
internal sealed record LayerCost(ShapedLayer Layer, long Parameters, long MultiplyAdds, long Bytes)
{
    // Within the limits of shape inference, so that no sum leaves long.
    public static LayerCost Of(ShapedLayer layer)
    {
        Weight[] weights = layer.OwnsParameters ? [.. layer.Layer.Weights(layer.Inputs)] : [];
        return new LayerCost(
            layer,
            weights.Sum(static weight => weight.Shape.Size),
            layer.Layer.MultiplyAdds(layer.Inputs, layer.Output) * layer.PerSample,
            weights.Sum(static weight => weight.Stored.PaddedSize) * sizeof(float));
    }
}
