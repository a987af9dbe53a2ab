using Unroll.Mpi.Ranks;

namespace Unroll.Mpi.Tests.Training;

/// <summary>What ranks have in common after every step, and what one rank has in common with none.</summary>
public class SameBitsTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void EveryRankHasTheSameBitsAfterEveryStep(int size)
    {
        Dataset data = Trial.Data();
        LocalCluster.Outcome<List<string>>[] outcomes = LocalCluster.Run(size, cluster =>
        {
            var hashes = new List<string>();
            Classifier model = Trial.Model(seed: 1 + cluster.Rank);
            var record = new LambdaCallback(onBatchEnd: context => hashes.Add(Trial.HashOf(context.Model)));
            model.Fit(data.Shard(cluster.Rank, size), Trial.Options(cluster) with { Callbacks = [record] });
            return hashes;
        });

        int batches = (((130 + size - 1) / size) + 15) / 16;
        Assert.Equal(Trial.Epochs * batches, outcomes[0].Result.Count);
        Assert.Equal(outcomes[0].Result.Count, outcomes[0].Result.Distinct().Count());
        Assert.All(outcomes, outcome => Assert.Equal(outcomes[0].Result, outcome.Result));
    }

    /// <summary>Convolutions and recurrences as well as dense layers.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void SignalsToo(int size)
    {
        LocalCluster.Outcome<string>[] outcomes = LocalCluster.Run(size, cluster =>
        {
            var model = new Signals(seed: 1 + cluster.Rank);
            string before = Trial.HashOf(model);
            model.Compile(new SGD(0.05f, momentum: 0.9f), new SparseCategoricalCrossentropy(), new Accuracy());
            model.Fit(Trial.Data().Shard(cluster.Rank, size), Trial.Options(cluster));
            Assert.NotEqual(before, Trial.HashOf(model));
            return Trial.HashOf(model);
        });

        Assert.All(outcomes, outcome => Assert.Equal(outcomes[0].Result, outcome.Result));
    }

    [Fact]
    public void OneRankHasTheBitsOfNoCluster()
    {
        Classifier alone = Trial.Model(seed: 3);
        Dataset data = Trial.Data();
        FitOptions options = Trial.Options(cluster: null) with { Validation = data.Take(30) };
        History expected = alone.Fit(data, options);

        Classifier model = Trial.Model(seed: 3);
        History history = LocalCluster.Run(1, cluster => model.Fit(data.Shard(0, 1), options with { Cluster = cluster }))[0].Result;

        Assert.Equal(Trial.HashOf(alone), Trial.HashOf(model));
        Assert.Equal(expected.Keys, history.Keys);
        Assert.All(expected.Keys, key => Assert.Equal(expected[key], history[key]));
    }

    [Fact]
    public void EveryRunHasTheSameBits()
    {
        string[] hashes = [.. Enumerable.Range(0, 2).Select(_ => LocalCluster.Run(3, cluster =>
        {
            Classifier model = Trial.Model(seed: 1);
            model.Fit(Trial.Data().Shard(cluster.Rank, 3), Trial.Options(cluster));
            return Trial.HashOf(model);
        })[1].Result)];

        Assert.Equal(hashes[0], hashes[1]);
    }
}

/// <summary>A convolution, a pooling and a recurrence over the twenty features as steps.</summary>
[Network(20)]
[Reshape(20, 1)]
[Conv1D(8, 3, Activation.Relu)]
[MaxPooling1D(2)]
[LSTM(5)]
[Dense(3, Activation.Softmax)]
internal sealed partial class Signals;
