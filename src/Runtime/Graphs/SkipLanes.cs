namespace Unroll.Graphs;

/// <summary>The vertical lines of the connections that pass by other layers: two that run side by side have lanes of their own, the shorter one nearer to the layers.</summary>
internal sealed class SkipLanes
{
    private readonly Dictionary<(int From, int To), int> _lanes = [];

    /// <param name="layers">A row each, from the top.</param>
    public SkipLanes(IReadOnlyList<GraphNode> layers)
    {
        IEnumerable<(int From, int To)> skips = layers
            .SelectMany(static (layer, to) => layer.Inputs.Select(from => (From: from, To: to)))
            .Where(static skip => skip.To - skip.From > 1)
            .Distinct()
            .OrderBy(static skip => skip.To - skip.From)
            .ThenBy(static skip => skip.From);
        foreach ((int From, int To) skip in skips)
        {
            int[] beside = [.. _lanes.Where(other => other.Key.From < skip.To && skip.From < other.Key.To).Select(static other => other.Value)];
            _lanes[skip] = Enumerable.Range(0, beside.Length + 1).First(lane => !beside.Contains(lane));
        }
    }

    /// <summary>How many run side by side at most.</summary>
    public int Count => _lanes.Count == 0 ? 0 : _lanes.Values.Max() + 1;

    /// <summary>The lane of a connection, 0 next to the layers.</summary>
    /// <returns>Null for a connection that passes by no layer.</returns>
    public int? Of(int from, int to) => _lanes.TryGetValue((from, to), out int lane) ? lane : null;
}
