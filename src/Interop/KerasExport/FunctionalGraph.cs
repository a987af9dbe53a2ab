using Unroll.Interop.Networks;

namespace Unroll.Interop.KerasExport;

/// <summary>A network as a functional model: layers that may be called several times, in the order in which Keras lists and numbers them.</summary>
internal sealed class FunctionalGraph
{
    private readonly LayerGraph _network;
    private readonly Dictionary<int, int> _depths = [];
    private readonly Dictionary<string, int> _traversal = new(StringComparer.Ordinal);
    private readonly List<int> _sorted = [];

    public FunctionalGraph(LayerGraph network)
    {
        _network = network;
        var finished = new HashSet<int>();
        foreach ((_, int output) in network.Outputs)
        {
            Visit(output, finished);
        }

        Ordered = Order();
    }

    /// <summary>The names of inputs and layers that outputs depend on; a layer's is its owner's.</summary>
    /// <remarks>By distance from the outputs, then by a search from them into the depth: keras/src/ops/function.py, map_graph.</remarks>
    public IReadOnlyList<string> Ordered { get; }

    /// <summary>The calls of a layer in the network's order.</summary>
    public IReadOnlyList<int> Calls(string name) =>
        [.. Enumerable.Range(0, _network.Inputs.Count + _network.Layers.Count).Where(position => _sorted.Contains(position) && NameOf(position) == name)];

    public string NameOf(int position) => position < _network.Inputs.Count ? _network.Inputs[position].Name : _network.Layers[position - _network.Inputs.Count].Owner;

    private IReadOnlyList<int> InputsOf(int position) => position < _network.Inputs.Count ? [] : _network.Layers[position - _network.Inputs.Count].Inputs;

    private void Visit(int position, HashSet<int> finished)
    {
        if (!finished.Add(position))
        {
            return;
        }

        _traversal.TryAdd(NameOf(position), _traversal.Count);
        foreach (int input in InputsOf(position))
        {
            Visit(input, finished);
        }

        _sorted.Add(position);
    }

    private string[] Order()
    {
        var ofLayers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (int position in _sorted.AsEnumerable().Reverse())
        {
            int depth = Math.Max(_depths.GetValueOrDefault(position), ofLayers.GetValueOrDefault(NameOf(position)));
            ofLayers[NameOf(position)] = depth;
            _depths[position] = depth;
            foreach (int input in InputsOf(position))
            {
                _depths[input] = Math.Max(depth + 1, _depths.GetValueOrDefault(input));
            }
        }

        return [.. ofLayers.OrderByDescending(static layer => layer.Value).ThenBy(layer => _traversal[layer.Key]).Select(static layer => layer.Key)];
    }
}
