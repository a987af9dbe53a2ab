namespace Unroll.Reports.Record;

/// <summary>Which layers lead to which: a gradient compares with those it passes on its way back, not with those of another branch.</summary>
internal sealed class LayerPaths
{
    // What goes into each layer, over any number of others; null where the layers are taken for a chain.
    private readonly Dictionary<string, HashSet<string>>? _sources;
    private readonly Dictionary<string, int> _order;

    /// <param name="graph">The network; null where nothing but the order of the layers is known.</param>
    /// <param name="layers">The layers, first to last.</param>
    public LayerPaths(NetworkGraph? graph, IEnumerable<string> layers)
    {
        _order = layers.Select(static (layer, i) => (layer, i)).ToDictionary(static pair => pair.layer, static pair => pair.i, StringComparer.Ordinal);
        if (graph is null)
        {
            return;
        }

        _sources = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (GraphNode node in graph.Layers)
        {
            var sources = new HashSet<string>(StringComparer.Ordinal);
            foreach (string input in node.Inputs.Select(input => graph.Layers[input].Layer))
            {
                sources.Add(input);
                sources.UnionWith(_sources[input]);
            }

            _sources[node.Layer] = sources;
        }
    }

    /// <summary>Whether the value of one layer goes into another.</summary>
    public bool Leads(string from, string to) => _sources is null
        ? _order[from] < _order[to]
        : _sources.TryGetValue(to, out HashSet<string>? sources) && sources.Contains(from);
}
