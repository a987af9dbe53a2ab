using Unroll.Generator.Layers;
using Unroll.Generator.Model;

namespace Unroll.Generator.Shapes;

/// <summary>The values of a network along a stream: which of them have its steps, and at which steps they are there anew.</summary>
internal sealed class StreamedValues
{
    private readonly Dictionary<string, Arrival> _arrivals = new(StringComparer.Ordinal);
    private readonly HashSet<string> _sequences = new(StringComparer.Ordinal);

    /// <param name="input">The sequence that comes step by step.</param>
    public StreamedValues(NetworkInput input)
    {
        _arrivals.Add(input.Name, Arrival.EachStep);
        _sequences.Add(input.Name);
    }

    /// <summary>All values of a network that streams.</summary>
    public static StreamedValues Of(ShapedNetwork network)
    {
        var values = new StreamedValues(network.Model.Inputs[0]);
        foreach (ShapedLayer layer in network.Layers)
        {
            values.Add(layer.Node);
        }

        return values;
    }

    /// <summary>When a value is there anew.</summary>
    public Arrival this[string value] => _arrivals[value];

    /// <summary>Whether a layer reads steps of the stream, not what is left when all have been seen.</summary>
    public bool ReadsSteps(LayerNode node) => node.Inputs.Any(_sequences.Contains);

    /// <summary>The shape of a value at one step.</summary>
    /// <param name="value">Its name.</param>
    /// <param name="shape">Its shape, of all steps where it has some.</param>
    public Shape AtOneStep(string value, Shape shape) => _sequences.Contains(value) ? shape.With(0, 1) : shape;

    /// <summary>Adds the value of a layer behind those it reads.</summary>
    public void Add(LayerNode node)
    {
        Layer layer = node.Layer;
        Arrival arrival = _arrivals[node.Inputs[0]];
        bool readsSteps = ReadsSteps(node);
        _arrivals.Add(layer.Name, readsSteps ? arrival.Then(layer.Arrival) : arrival);
        if (readsSteps && layer.GivesSteps)
        {
            _sequences.Add(layer.Name);
        }
    }
}
