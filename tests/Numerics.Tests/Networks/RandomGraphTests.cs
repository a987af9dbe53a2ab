using Unroll.Numerics.Tests.Harness;
using Unroll.Numerics.Tests.Oracle;

namespace Unroll.Numerics.Tests.Networks;

/// <summary>Random graphs of fan-outs, diamonds, merges and shared blocks: outputs, loss and gradients, at every machine.</summary>
/// <remarks>The same graphs at every run, so that a change answers for itself alone.</remarks>
public sealed class RandomGraphTests
{
    private const int Count = 16;

    private static readonly int[] s_batches = [1, 7, 33];
    private static readonly RandomGraph[] s_graphs = [.. Enumerable.Range(1, Count).Select(RandomGraph.Of)];

    private static readonly NetworkLibrary s_library =
        new(RandomGraph.Declarations + string.Join("\n", s_graphs.Select(static graph => graph.Source)));

    public static MatrixTheoryData<Machine, int> Cases => new(Machines.Tested, Enumerable.Range(0, Count));

    [Theory]
    [MemberData(nameof(Cases))]
    public void AgreesWithTheReference(Machine machine, int index)
    {
        RandomGraph graph = s_graphs[index];
        Model model = s_library.Create(graph.Name, machine);
        RandomValues.AssignTo(model, seed: index);
        model.Compile(new NoOptimizer(), new MeanSquaredError());
        foreach (int batch in s_batches)
        {
            AssertAgrees(graph, model, batch);
        }
    }

    [Fact]
    public void EveryWayOfMeetingIsAmongThem()
    {
        RandomGraphNode[] nodes = [.. s_graphs.SelectMany(static graph => graph.Nodes)];

        Assert.All(Enum.GetValues<GraphNodeKind>(), kind => Assert.Contains(nodes, node => node.Kind == kind));
        Assert.InRange(nodes.Count(static node => node.Owner != "" && node.Owner != node.Name), 3, nodes.Length);
        Assert.InRange(s_graphs.Sum(static graph => FanOuts(graph)), 2 * Count, nodes.Length);
        Assert.InRange(s_graphs.Count(static graph => graph.Nodes[1].Kind == GraphNodeKind.Input), 3, Count - 3);
        Assert.InRange(s_graphs.Count(static graph => graph.Steps > 0), 3, Count - 3);
    }

    private static int FanOuts(RandomGraph graph) =>
        graph.Nodes.SelectMany(static node => node.Inputs).GroupBy(static input => input).Count(static readers => readers.Count() > 1);

    private static void AssertAgrees(RandomGraph graph, Model model, int batch)
    {
        var reference = new ReferenceGraph(graph, model);
        RandomGraphNode[] inputs = [.. graph.Nodes.Where(static node => node.Kind == GraphNodeKind.Input)];
        float[][] features = [.. inputs.Select((input, i) => RandomValues.Uniform(batch * graph.Vectors * input.Width, seed: (10 * batch) + i))];
        float[] targets = RandomValues.Uniform(batch * graph.Vectors * graph.Nodes[^1].Width, seed: batch);
        var data = new Dataset(features, [targets], batch);
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
