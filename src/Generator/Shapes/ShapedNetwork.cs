using Unroll.Generator.Model;

namespace Unroll.Generator.Shapes;

/// <summary>A network without user errors: every layer with the shapes it maps between. There is at least one layer.</summary>
internal sealed record ShapedNetwork(NetworkModel Model, EquatableArray<ShapedLayer> Layers)
{
    public Shape Input => Layers[0].Input;

    public Shape Output => Layers[Layers.Count - 1].Output;
}

/// <summary>One layer and the shapes it maps between; <c>Body</c> holds the layers inside a residual connection.</summary>
internal sealed record ShapedLayer(LayerSpec Spec, Shape Input, Shape Output, EquatableArray<ShapedLayer> Body = default);
