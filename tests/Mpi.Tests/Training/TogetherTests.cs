using Unroll.Mpi.Ranks;

namespace Unroll.Mpi.Tests.Training;

/// <summary>Several ranks together against one process that has all the samples.</summary>
public class TogetherTests
{
    private static readonly Dataset s_data = Trial.Data(count: 96);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void AStepOfSeveralRanksIsOneOfAllTheirSamples(int size)
    {
        // 96 rows in one step; shards of 2 and 3 parts have other batches, the gradient of the mean is the same but for rounding.
        Plain alone = Compiled(new Plain(seed: 1));
        FitOptions options = new() { Epochs = 5, BatchSize = 96, Shuffle = false, Verbose = false };
        History expected = alone.Fit(s_data, options);

        Plain first = null!;
        History history = LocalCluster.Run(size, cluster =>
        {
            Plain model = Compiled(new Plain(seed: 1 + cluster.Rank));
            first = cluster.Rank == 0 ? model : first;
            return model.Fit(s_data.Shard(cluster.Rank, size), options with { Cluster = cluster });
        })[0].Result;

        foreach ((Parameter one, Parameter other) in alone.Parameters.Zip(first.Parameters))
        {
            AssertClose(one.ToArray(), other.ToArray());
        }

        AssertClose(expected["loss"], history["loss"]);
    }

    [Fact]
    public void ShardsOfDifferentSizesCountByTheirSamples()
    {
        Plain alone = Compiled(new Plain(seed: 1));
        FitOptions options = new() { Epochs = 4, BatchSize = 96, Shuffle = false, Verbose = false };
        alone.Fit(s_data, options);

        Plain[] models = [.. LocalCluster.Run(2, cluster =>
        {
            Plain model = Compiled(new Plain(seed: 1));
            model.Fit(cluster.Rank == 0 ? s_data.Take(7) : s_data.Skip(7), options with { Cluster = cluster });
            return model;
        }).Select(static outcome => outcome.Result)];

        AssertClose(alone.Parameters[0].ToArray(), models[0].Parameters[0].ToArray());
    }

    [Fact]
    public void SequencesOfDifferentLengthsEndTogether()
    {
        Plain alone = Compiled(new Plain(seed: 1));
        var options = new FitOptions { Epochs = 2, Verbose = false };

        // Rank 1 has batches of 12 rows where rank 0 has none left.
        alone.Fit([Rows(0, 24), Rows(24, 24), Rows(48, 12), Rows(60, 12)], options);
        Batch[][] own = [[Rows(0, 12), Rows(24, 12)], [Rows(12, 12), Rows(36, 12), Rows(48, 12), Rows(60, 12)]];
        Plain[] models = [.. LocalCluster.Run(2, cluster =>
        {
            Plain model = Compiled(new Plain(seed: 1));
            int ends = 0;
            var count = new LambdaCallback(onBatchEnd: _ => ends++);
            model.Fit(own[cluster.Rank], options with { Cluster = cluster, Callbacks = [count] });
            Assert.Equal(8, ends);
            return model;
        }).Select(static outcome => outcome.Result)];

        Assert.Equal(Trial.HashOf(models[0]), Trial.HashOf(models[1]));
        AssertClose(alone.Parameters[0].ToArray(), models[1].Parameters[0].ToArray());
    }

    [Fact]
    public void MetricsAreThoseOfAllRanks()
    {
        Metric[] Metrics() => [new Accuracy(), new F1Score(ClassAverage.Macro), new AUC(), new Precision(), new Recall(), new ConfusionMatrix()];
        FitOptions options = new() { Epochs = 2, BatchSize = 96, Shuffle = false, Verbose = false };
        var alone = new Plain(seed: 1);
        alone.Compile(new SGD(0.1f), new SparseCategoricalCrossentropy(), Metrics());
        History expected = alone.Fit(s_data, options with { Validation = s_data.Take(50) });

        LocalCluster.Outcome<History>[] outcomes = LocalCluster.Run(3, cluster =>
        {
            var model = new Plain(seed: 1);
            model.Compile(new SGD(0.1f), new SparseCategoricalCrossentropy(), Metrics());
            return model.Fit(
                s_data.Shard(cluster.Rank, 3),
                options with { Cluster = cluster, Validation = s_data.Take(50).Shard(cluster.Rank, 3) });
        });

        Assert.Equal(expected.Keys, outcomes[0].Result.Keys);
        Assert.All(outcomes, outcome => Assert.All(expected.Keys, key =>
        {
            Assert.Equal(outcomes[0].Result[key], outcome.Result[key]);
            AssertClose(expected[key], outcome.Result[key]);
        }));
    }

    [Fact]
    public void AMetricOfTheUsersIsTheMeanOfTheRanks()
    {
        History history = LocalCluster.Run(2, cluster =>
        {
            var model = new Plain(seed: 1);
            model.Compile(new SGD(0.1f), new SparseCategoricalCrossentropy(), new Count());
            return model.Fit(cluster.Rank == 0 ? s_data.Take(24) : s_data.Skip(24), new FitOptions { Cluster = cluster, Verbose = false });
        })[1].Result;

        // 24 rows that count 24, and 72 that count 72.
        Assert.Equal(((24 * 24) + (72 * 72)) / 96f, history["Count"][0]);
    }

    [Fact]
    public void StoppingOnOneRankStopsAll()
    {
        LocalCluster.Outcome<History>[] outcomes = LocalCluster.Run(3, cluster =>
        {
            var stop = new LambdaCallback(onEpochEnd: context => context.StopTraining |= cluster.Rank == 2 && context.Epoch == 1);
            return Trial.Model(seed: 1).Fit(
                s_data.Shard(cluster.Rank, 3), Trial.Options(cluster) with { Epochs = 9, Callbacks = [stop] });
        });

        Assert.All(outcomes, static outcome => Assert.Equal(2, outcome.Result["loss"].Count));
    }

    [Fact]
    public void RowsOfATableThatOnlyOthersHaveReadAreUpdatedToo()
    {
        // Otherwise the ranks would not agree at the end of the epoch.
        Words[] models = [.. LocalCluster.Run(2, cluster =>
        {
            var model = new Words(seed: 1);
            model.Compile(new SGD(0.1f), new MeanSquaredError());
            float[] ids = cluster.Rank == 0 ? [1, 2, 3, 4] : [5, 6, 5, 6];
            model.Fit(new Dataset(ids, [1, 2], 2), new FitOptions { Epochs = 3, BatchSize = 1, Verbose = false, Cluster = cluster });
            return model;
        }).Select(static outcome => outcome.Result)];
        float[] before = new Words(seed: 1).Parameters[0].ToArray();

        Assert.Equal(models[0].Parameters[0].ToArray(), models[1].Parameters[0].ToArray());
        Assert.Equal(
            [1, 2, 3, 4, 5, 6],
            Enumerable.Range(0, 9).Where(row => !before.AsSpan(row * 3, 3).SequenceEqual(models[0].Parameters[0].ToArray().AsSpan(row * 3, 3))));
    }

    private static Batch Rows(int first, int count)
    {
        Dataset rows = s_data.Select([.. Enumerable.Range(first, count)]);
        return new Batch(rows.Features.ToArray(), rows.Targets.ToArray(), count);
    }

    private static Plain Compiled(Plain model)
    {
        model.Compile(new SGD(0.1f, momentum: 0.9f), new SparseCategoricalCrossentropy());
        return model;
    }

    // Sums of 96 terms in another order: some ulps of values around 1.
    private static void AssertClose(IReadOnlyList<float> expected, IReadOnlyList<float> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int i = 0; i < expected.Count; i++)
        {
            Assert.Equal(expected[i], actual[i], 2e-6f);
        }
    }

    private sealed class Count : Metric
    {
        private int _seen;

        public override float Result => _seen;

        public override void Reset() => _seen = 0;

        public override void Update(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, float weight = 1f) => _seen++;
    }
}

[Network(20)]
[Dense(16, Activation.Tanh)]
[Dense(3, Activation.Softmax)]
internal sealed partial class Plain;

[Network(2)]
[Embedding(9, 3)]
[Flatten]
[Dense(1)]
internal sealed partial class Words;
