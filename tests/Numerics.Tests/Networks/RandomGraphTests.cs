using Unroll.Numerics.Tests.Harness;
using Unroll.Numerics.Tests.Oracle;

namespace Unroll.Numerics.Tests.Networks;

/// <summary>Random graphs of fan-outs, diamonds, merges, products, shared blocks and several outputs: outputs, loss and gradients, at every machine.</summary>
/// <remarks>
/// The same graphs at every run, so that a change answers for itself alone; <c>UNROLL_SEED=any</c> adds others, and <c>UNROLL_SEED=1234</c> the
/// one that a failure named Graph1234, with those after it.
/// </remarks>
public sealed class RandomGraphTests
{
    private const int Count = 16;

    private static readonly int[] s_batches = [1, 7, 33];
    private static readonly int[] s_fixed = [.. Enumerable.Range(1, Count)];
    private static readonly int[] s_seeds = SeedVariable.Value is int first ? [.. s_fixed.Union(Enumerable.Range(first, Count))] : s_fixed;
    private static readonly Dictionary<int, RandomGraph> s_graphs = s_seeds.ToDictionary(static seed => seed, RandomGraphDraw.Of);

    private static readonly NetworkLibrary s_library =
        new(RandomGraph.Declarations + string.Join("\n", s_graphs.Values.Select(static graph => graph.Source)));

    public static MatrixTheoryData<Machine, int> Cases => new(Machines.Tested, s_seeds);

    [Theory]
    [MemberData(nameof(Cases))]
    public void AgreesWithTheReference(Machine machine, int seed)
    {
        RandomGraph graph = s_graphs[seed];
        Model model = s_library.Create(graph.Name, machine);
        RandomValues.AssignTo(model, seed);
        model.Compile(new NoOptimizer(), [.. graph.Outputs.Select(static _ => new MeanSquaredError())]);
        foreach (int batch in s_batches)
        {
            AssertAgrees(graph, model, batch);
        }
    }

    [Fact]
    public void EveryWayOfMeetingIsAmongThem()
    {
        RandomGraph[] graphs = [.. s_fixed.Select(static seed => s_graphs[seed])];
        RandomGraphNode[] nodes = [.. graphs.SelectMany(static graph => graph.Nodes)];

        Assert.All(Enum.GetValues<GraphNodeKind>(), kind => Assert.Contains(nodes, node => node.Kind == kind));
        Assert.InRange(nodes.Count(static node => node.Owner != "" && node.Owner != node.Name), 3, nodes.Length);
        Assert.InRange(graphs.Sum(static graph => FanOuts(graph)), 2 * Count, nodes.Length);
        Assert.InRange(graphs.Count(static graph => graph.Nodes[1].Kind == GraphNodeKind.Input), 3, Count - 3);
        Assert.InRange(graphs.Count(static graph => graph.Steps > 0), 3, Count - 3);
        Assert.InRange(graphs.Count(static graph => graph.Outputs.Count > 1), 3, Count - 3);
        Assert.Contains(graphs, static graph => graph.Outputs.Any(output => graph.Nodes.Any(node => node.Inputs.Contains(output))));
    }

    private static int FanOuts(RandomGraph graph) =>
        graph.Nodes.SelectMany(static node => node.Inputs).GroupBy(static input => input).Count(static readers => readers.Count() > 1);

    private static void AssertAgrees(RandomGraph graph, Model model, int batch)
    {
        var reference = new ReferenceGraph(graph, model);
        RandomGraphNode[] inputs = [.. graph.Nodes.Where(static node => node.Kind == GraphNodeKind.Input)];
        float[][] features = [.. inputs.Select((input, i) => RandomValues.Uniform(batch * graph.Vectors * input.Width, seed: (10 * batch) + i))];
        float[][] targets =
            [.. graph.Outputs.Select((output, i) => RandomValues.Uniform(batch * graph.Vectors * graph.Nodes[output].Width, seed: (100 * batch) + i))];
        var data = new Dataset(features, targets, batch);
        string what = $"{graph.Name}, batch {batch}";

        double loss = reference.Backpropagate(features, targets);
        double[] expected = reference.Predict(features);
        int depth = reference.LongestSum + (batch * graph.Vectors);
        double scale = Math.Max(1, reference.LargestValue);
        Closeness.AssertClose(expected, model.Predict(data.Features), depth, $"{what}, outputs", scale);
        float[] alone = model.Predict(data.FeaturesOf(0));
        Closeness.AssertClose(expected[..alone.Length], alone, depth, $"{what}, output of one sample", scale);

        Gradients gradients = model.ComputeGradients(data);
        Closeness.AssertClose([loss], [gradients.Loss], depth, $"{what}, loss", scale * scale);
        foreach ((string name, double[] gradient) in reference.Gradients)
        {
            Closeness.AssertClose(gradient, gradients[name], depth, $"{what}, {name}", scale * reference.LargestSlope);
        }
    }
}
