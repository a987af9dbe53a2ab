using Unroll.Generator.Graph;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;
using Unroll.Generator.Shapes;

namespace Unroll.Generator.Emission;

/// <summary>One value of the graph that <c>Graph</c> shows.</summary>
internal sealed record GraphRow(string Layer, string Kind, Shape Shape, EquatableArray<int> Inputs);

/// <summary>The graph a user sees: layers for the forward pass, operations for the way back.</summary>
/// <remarks>Inputs are positions among the layers, the network's input first, and behind them among the gradients.</remarks>
internal sealed class GraphRows
{
    private readonly List<GraphRow> _layers = [];
    private readonly List<GraphRow> _gradients = [];

    private GraphRows()
    {
    }

    public IReadOnlyList<GraphRow> Layers => _layers;

    public IReadOnlyList<GraphRow> Gradients => _gradients;

    public static GraphRows Of(NetworkPlan plan)
    {
        var rows = new GraphRows();
        rows._layers.Add(new GraphRow("input", "Input", plan.Network.Input, default));
        rows.AddLayers(plan.Network.Layers, input: 0);
        rows.AddGradients(plan.Training.Graph, plan.Forward);
        return rows;
    }

    /// <returns>The position of the last one.</returns>
    private int AddLayers(EquatableArray<ShapedLayer> layers, int input)
    {
        foreach (ShapedLayer layer in layers)
        {
            EquatableArray<int> inputs = EquatableArray.Of(input);
            if (layer.Spec is ResidualSpec)
            {
                int end = AddLayers(layer.Body, input);
                inputs = EquatableArray.Of(end, input);
            }

            _layers.Add(new GraphRow(layer.Spec.Name, LayerTable.KindOf(layer.Spec), layer.Output, inputs));
            input = _layers.Count - 1;
        }

        return input;
    }

    // What comes after the loss belongs to the way back; whatever else it reads is shown as the layer that computed it.
    private void AddGradients(OpGraph training, OpGraph forward)
    {
        var positions = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 1; i < _layers.Count; i++)
        {
            positions[_layers[i].Layer] = i;
        }

        var values = new Dictionary<int, int>();
        foreach (Op op in training.Ops)
        {
            if (op.Kind is not LossOp && !op.Inputs.Any(values.ContainsKey))
            {
                continue;
            }

            IEnumerable<int> inputs = op.Inputs.Select(id => values.TryGetValue(id, out int gradient) ? gradient : LayerOf(training[id]));
            _gradients.Add(new GraphRow(op.Label.Layer, op.Label.Role, op.Shape, inputs.Distinct().ToEquatableArray()));
            values.Add(op.Id, _layers.Count + _gradients.Count - 1);
        }

        int LayerOf(Op op) => op.Kind switch
        {
            InputOp => 0,
            RepackOp => LayerOf(training[op.Inputs[0]]),
            // An operation that others were fused into is labelled as the first of them, but holds the value of the last.
            _ => positions[(forward.Find(op.Id) ?? op).Label.Layer],
        };
    }
}
