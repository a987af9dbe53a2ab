using Unroll.Generator.Layers;

namespace Unroll.Generator.Shapes;

/// <summary>Where the values come from that a layer reads: layers that only show them in another shape are passed over.</summary>
internal static class ValueSource
{
    /// <returns>The name of the input, or of the layer that computes them.</returns>
    public static string Of(NetworkModel model, LayerNode node)
    {
        string name = node.Inputs[0];
        while (Find(model, name) is { Layer.IsReshape: true, Inputs.Count: 1 } reshape)
        {
            name = reshape.Inputs[0];
        }

        return name;
    }

    /// <summary>The layer of a name; null where it is an input's.</summary>
    public static LayerNode? Find(NetworkModel model, string name) => model.Nodes.FirstOrDefault(node => node.Layer.Name == name);
}
