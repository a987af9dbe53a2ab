namespace Unroll.Interop.Networks;

/// <summary>Layers between inputs and outputs. Positions count inputs first, then layers.</summary>
/// <param name="Inputs">With the shapes of their samples.</param>
/// <param name="Layers">Each after those it reads.</param>
/// <param name="Outputs">By name and position.</param>
internal sealed record LayerGraph(
    IReadOnlyList<(string Name, int[] Shape)> Inputs, IReadOnlyList<ModelLayer> Layers, IReadOnlyList<(string Name, int Position)> Outputs)
{
    /// <summary>A network with each block that is applied to all steps as one layer, which has a graph within.</summary>
    public static LayerGraph Of(ModelLayers network)
    {
        var layers = new List<ModelLayer>();
        int[] places = new int[network.Inputs.Count + network.Layers.Count];
        for (int input = 0; input < network.Inputs.Count; input++)
        {
            places[input] = input;
        }

        Fold(network, 0, network.Layers.Count, network.Inputs.Count, layers, places);
        return new LayerGraph(network.Inputs, layers, [.. network.Outputs.Select(output => (output.Name, places[output.Position]))]);
    }

    /// <summary>Adds the layers from one to before another.</summary>
    /// <param name="network">All layers.</param>
    /// <param name="first">The first one.</param>
    /// <param name="end">The one behind the last.</param>
    /// <param name="inputs">How many inputs are before the layers that are added.</param>
    /// <param name="layers">Receives them.</param>
    /// <param name="places">Where each value of the network is among them.</param>
    private static void Fold(ModelLayers network, int first, int end, int inputs, List<ModelLayer> layers, int[] places)
    {
        int count = network.Inputs.Count;
        for (int index = first; index < end; index++)
        {
            ModelLayer layer = network.Layers[index];
            if (layer.Kind == "EachStep")
            {
                int last = EndOf(network, index);
                var inside = new List<ModelLayer>();
                int sequence = places[layer.Inputs[0]];
                places[count + index] = 0;
                Fold(network, index + 1, last, 1, inside, places);
                ModelLayer whole = network.Layers[last];
                layer = whole with
                {
                    Inputs = [sequence],
                    Inside = new LayerGraph([("input", layer.Shape)], inside, [("output", places[whole.Inputs[1]])]),
                };
                index = last;
            }
            else
            {
                layer = layer with { Inputs = [.. layer.Inputs.Select(input => places[input])] };
            }

            places[count + index] = inputs + layers.Count;
            layers.Add(layer);
        }
    }

    private static int EndOf(ModelLayers network, int start)
    {
        int depth = 0;
        for (int index = start; ; index++)
        {
            depth += network.Layers[index].Kind switch { "EachStep" => 1, "TimeDistributed" => -1, _ => 0 };
            if (depth == 0)
            {
                return index;
            }
        }
    }
}
