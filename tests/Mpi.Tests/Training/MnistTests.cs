using Unroll.Data;
using Unroll.Mpi.Ranks;
using Unroll.Tests;

namespace Unroll.Mpi.Tests.Training;

/// <summary>Ranks learn real images as one process does with batches as large as theirs together.</summary>
public class MnistTests
{
    private const int Batch = 64;

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void TheAccuracyIsThatOfOneProcess(int ranks)
    {
        SlowTests.Require("It trains on MNIST");
        (Dataset training, Dataset test) = Mnist.Load(SharedData.PathOf("mnist"));
        DigitNetwork alone = Compiled();
        alone.Fit(training, new FitOptions { Epochs = 2, BatchSize = Batch, Threads = 1, Verbose = false });

        LocalCluster.Outcome<DigitNetwork>[] outcomes = LocalCluster.Run(ranks, cluster =>
        {
            DigitNetwork model = Compiled();
            model.Fit(training.Shard(cluster.Rank, cluster.Size), new FitOptions { Epochs = 2, BatchSize = Batch / ranks, Threads = 1, Verbose = false, Cluster = cluster });
            return model;
        });

        Assert.All(outcomes, static outcome => Assert.Null(outcome.Exception));
        float expected = alone.Evaluate(test)["accuracy"];
        Assert.InRange(expected, 0.95f, 1f);
        Assert.InRange(outcomes[0].Result!.Evaluate(test)["accuracy"], expected - 0.01f, 1f);
    }

    private static DigitNetwork Compiled()
    {
        var model = new DigitNetwork(seed: 1);
        model.Compile(new Adam(), new SparseCategoricalCrossentropy(), new Accuracy());
        return model;
    }
}
