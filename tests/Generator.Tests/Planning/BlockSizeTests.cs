using Unroll.Generator.Graph;
using Unroll.Generator.Planning;
using Unroll.Generator.Shapes;

namespace Unroll.Generator.Tests.Planning;

/// <summary>Blocks have as many samples as stay near a core in every pass: predictions, those that keep what every layer makes, and training.</summary>
public sealed class BlockSizeTests
{
    // 1.5 MiB.
    private const long NearFloats = 384 * 1024;

    /// <param name="layers">A network in which one pass alone has an operation on images so large that a block of 32 samples is too many.</param>
    /// <param name="decisive">That pass.</param>
    /// <param name="samples">The samples of its blocks.</param>
    [Theory]
    [InlineData("[Network(16, 16, 8)] [Conv2D(32, 3)]", "none", 32)]
    [InlineData("[Network(16, 16, 8)] [Conv2D(32, 3)] [MaxPooling2D(2)]", "Training", 16)]
    [InlineData("[Network(17, 17, 1)] [Conv2D(64, 3, Trainable = false)] [MaxPooling2D(8)]", "Observed", 16)]
    public void ThePassWithTheLargestOperationDecides(string layers, string decisive, int samples)
    {
        ShapedNetwork network = ShapeInference.Run(ParsedModel.Of($"{layers} [Flatten] [Dense(2)] public partial class Net;")).Network!;
        var graphs = NetworkGraphs.Of(network, CancellationToken.None);
        var plan = NetworkPlan.Plan(network, graphs.Forward, graphs.Blocks, graphs.Single, graphs.Observed, graphs.Training, graphs.Stream);

        Assert.All(
            new[] { ("Inference", plan.Inference), ("Observed", plan.Observed), ("Training", plan.Training) },
            pass =>
            {
                (string name, PassPlan passPlan) = pass;
                long largest = passPlan.Graph.Ops.Max(op => FloatsOfImages(passPlan.Graph, op));
                Assert.Equal(samples, passPlan.Buffers.BlockSamples);
                Assert.InRange(samples * largest, 0, NearFloats);
                Assert.Equal(name == decisive, 32 * largest > NearFloats);
            });
    }

    // Rows of images are padded to 16 floats.
    private static long FloatsOfImages(OpGraph graph, Op op) => op.Inputs
        .Select(input => graph[input])
        .Append(op)
        .Where(static value => value.Scope == OpScope.Sample && value.Shape.Rank == 3)
        .Sum(static value => (long)value.Shape[0] * value.Shape[1] * ((value.Shape[2] + 15) / 16 * 16));
}
