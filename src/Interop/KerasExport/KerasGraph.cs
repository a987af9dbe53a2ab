using Unroll.Interop.Networks;

namespace Unroll.Interop.KerasExport;

/// <summary>A network as Keras can have it: activations that it has no names for stand behind their layers.</summary>
internal static class KerasGraph
{
    public static LayerGraph Of(ModelBase model) => Split(LayerGraph.Of(ModelLayers.Of(model)));

    /// <summary>Whether a layer's argument can say it.</summary>
    public static bool HasName(Activation activation) => activation is not (Activation.GeluTanh or Activation.ThresholdedRelu);

    private static LayerGraph Split(LayerGraph graph)
    {
        int[] places = new int[graph.Inputs.Count + graph.Layers.Count];
        for (int input = 0; input < graph.Inputs.Count; input++)
        {
            places[input] = input;
        }

        var layers = new List<ModelLayer>();
        for (int index = 0; index < graph.Layers.Count; index++)
        {
            ModelLayer layer = graph.Layers[index];
            layers.Add(layer with
            {
                Inputs = [.. layer.Inputs.Select(input => places[input])],
                Inside = layer.Inside is LayerGraph inside ? Split(inside) : null,
            });
            if (Behind(layer) is Activation activation)
            {
                layers[^1] = layers[^1] with { IsLinear = true };
                layers.Add(new ModelLayer(
                    $"{layer.Name}/activation", $"{layer.Owner}/activation", "Activate", new ActivateAttribute(activation), [graph.Inputs.Count + layers.Count - 1], layer.Shape));
            }

            places[graph.Inputs.Count + index] = graph.Inputs.Count + layers.Count - 1;
        }

        return new LayerGraph(graph.Inputs, layers, [.. graph.Outputs.Select(output => (output.Name, places[output.Position]))]);
    }

    // A cell's functions cannot be taken out of it.
    private static Activation? Behind(ModelLayer layer) =>
        layer.Attribute is not (RecurrentAttribute or ActivateAttribute)
        && layer.Attribute.GetType().GetProperty("Activation")?.GetValue(layer.Attribute) is Activation activation && !HasName(activation)
            ? activation
            : null;
}
