namespace Unroll.Benchmarks;

/// <summary>From the times of one rank to those of many, on paper.</summary>
/// <remarks>
/// A ring of N moves 2·(N − 1) messages of B/N bytes through each node: T = 2·(N − 1)·(α + B/(N·β)). The few numbers that go with each step
/// take log₂N messages more. Steps of b samples take c₀ + c₁·b, a line through those measured. Nothing overlaps; nodes are equally fast.
/// </remarks>
internal static class Paper
{
    private static readonly int[] s_nodes = [2, 4, 8, 16, 32, 64];

    // A message's latency: TCP; and a network card that an MPI talks to by itself.
    private static readonly (string Name, double BytesPerMicrosecond, double Latency)[] s_networks = [("10 Gbit/s", 1250, 20), ("100 Gbit/s", 12500, 5)];

    public static void Write(TextWriter writer, IReadOnlyList<RankTimes> times)
    {
        int most = times.Max(static time => time.Batch);
        writer.WriteLine($"Share of its time in which a node computes, batches of {most} a node, and the batches at which it is 80 and 50 % on {s_nodes[^1]} nodes:");
        writer.WriteLine();
        writer.WriteLine($"| network | between the nodes | {string.Join(" | ", s_nodes)} | 80 % | 50 % |");
        writer.WriteLine($"| --- | --- | {string.Concat(Enumerable.Repeat("---: | ", s_nodes.Length))}---: | ---: |");
        foreach (IGrouping<BenchmarkNetwork, RankTimes> network in times.GroupBy(static time => time.Network))
        {
            RankTimes small = network.First(), large = network.Last();
            double each = (large.Step - small.Step) / (large.Batch - small.Batch);
            double once = small.Step - (each * small.Batch);
            foreach ((string name, double speed, double latency) in s_networks)
            {
                double Shared(int nodes) => (2 * (nodes - 1) * (latency + (large.Bytes / (nodes * speed)))) + (Math.Log2(nodes) * latency);

                // c₀ + c₁·b = T·share/(1 − share).
                double BatchAt(double share) => Math.Max(1, Math.Ceiling(((Shared(s_nodes[^1]) * share / (1 - share)) - once) / each));
                IEnumerable<string> shares = s_nodes.Select(nodes => $"{100 * large.Step / (large.Step + Shared(nodes)):0} %");
                writer.WriteLine($"| {network.Key} | {name} | {string.Join(" | ", shares)} | {BatchAt(0.8):#,0} | {BatchAt(0.5):#,0} |");
            }
        }

        writer.WriteLine();
    }
}
