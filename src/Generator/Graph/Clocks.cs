namespace Unroll.Generator.Graph;

/// <summary>Which operations of a stream's graph run at the ticks of a clock only: a <see cref="WhenOp"/> names it, and what reads a value follows that.</summary>
internal static class Clocks
{
    /// <returns>For each operation the clock it runs by; those that run at every step are not there.</returns>
    public static IReadOnlyDictionary<int, int> Of(OpGraph graph)
    {
        var clocks = new Dictionary<int, int>();
        foreach (Op op in graph.Ops.SkipWhile(static op => op.Kind is not ClockOp))
        {
            if ((op.Kind is WhenOp ? op.Inputs[1] : ReadBy(graph, op, clocks).FirstOrDefault()) is int clock)
            {
                clocks.Add(op.Id, clock);
            }
        }

        return clocks;
    }

    /// <summary>An operation that reads values of different clocks; null where there is none.</summary>
    public static Op? FindMixed(OpGraph graph)
    {
        IReadOnlyDictionary<int, int> clocks = Of(graph);
        return clocks.Count == 0 ? null : graph.Ops.FirstOrDefault(op => op.Kind is not WhenOp && ReadBy(graph, op, clocks).Distinct().Count() > 1);
    }

    private static IEnumerable<int?> ReadBy(OpGraph graph, Op op, IReadOnlyDictionary<int, int> clocks) => op.Inputs
        .Where(id => graph[id].Scope == OpScope.Sample)
        .Select(id => clocks.TryGetValue(id, out int clock) ? clock : (int?)null);
}
