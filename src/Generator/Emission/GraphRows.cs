using Unroll.Generator.Graph;
using Unroll.Generator.Layers;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;
using Unroll.Generator.Shapes;

namespace Unroll.Generator.Emission;

/// <summary>One value of the graph that <c>Graph</c> shows.</summary>
internal sealed record GraphRow(string Layer, string Kind, Shape Shape, EquatableArray<int> Inputs)
{
    /// <summary>The name of the output that it is; null where it is none, or the network names none.</summary>
    public string? Output { get; init; }
}

/// <summary>The graph a user sees: layers for the forward pass, operations for the way back.</summary>
/// <remarks>Inputs are positions among the layers, the network's input first, and behind them among the gradients.</remarks>
internal sealed class GraphRows
{
    private readonly List<GraphRow> _layers = [];
    private readonly List<GraphRow> _gradients = [];
    private readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);

    private GraphRows()
    {
    }

    public IReadOnlyList<GraphRow> Layers => _layers;

    public IReadOnlyList<GraphRow> Gradients => _gradients;

    public static GraphRows Of(NetworkPlan plan)
    {
        var rows = new GraphRows();
        foreach (NetworkInput input in plan.Network.Model.Inputs)
        {
            rows.Add(new GraphRow(input.Name, "Input", new Shape(input.Shape), default));
        }

        foreach (ShapedLayer layer in plan.Network.Layers)
        {
            EquatableArray<int> inputs = layer.Node.Inputs.Select(name => rows._positions[name]).Distinct().ToEquatableArray();
            rows.Add(new GraphRow(layer.Layer.Name, layer.Layer.Kind, layer.Value, inputs)
            {
                Output = plan.Network.Model.Outputs.FirstOrDefault(output => output.Position is not null && output.Layer == layer.Layer.Name)?.Name,
            });
        }

        rows.AddGradients(plan.Training.Graph, plan.Forward, plan.Parameters);
        return rows;
    }

    private void Add(GraphRow layer)
    {
        _positions[layer.Layer] = _layers.Count;
        _layers.Add(layer);
    }

    // What comes after the loss belongs to the way back; whatever else it reads is shown as the layer that computed it.
    private void AddGradients(OpGraph training, OpGraph forward, ParameterPlan parameters)
    {
        var values = new Dictionary<int, int>();

        // A parameter is shown as it is seen, however it is stored.
        Dictionary<int, Shape> shapes = parameters.Parameters.ToDictionary(static parameter => parameter.Op, static parameter => parameter.Spec.Shape);
        ILookup<int, Shape> ofParameters = training.Gradients.ToLookup(static gradient => gradient.Value, gradient => shapes[gradient.Parameter]);
        foreach (Op op in training.Ops)
        {
            if (!op.Kind.BeginsGradient && !op.Inputs.Any(values.ContainsKey))
            {
                continue;
            }

            IEnumerable<int> inputs = op.Inputs.Select(id => values.TryGetValue(id, out int gradient) ? gradient : LayerOf(training[id]));
            _gradients.Add(new GraphRow(op.Label.Layer, op.Label.Role, ofParameters[op.Id].DefaultIfEmpty(op.Shape).First(), inputs.Distinct().ToEquatableArray()));
            values.Add(op.Id, _layers.Count + _gradients.Count - 1);
        }

        // An operation that others were fused into is labelled as the first of them, but holds the value of the last.
        int LayerOf(Op op) => op.Kind.IsInput ? _positions[op.Label.Layer]
            : op.Kind.IsCopy ? LayerOf(training[op.Inputs[0]])
            : _positions[(forward.Find(op.Id) ?? op).Label.Layer];
    }
}
