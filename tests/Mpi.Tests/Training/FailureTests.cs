using Unroll.Mpi.Ranks;

namespace Unroll.Mpi.Tests.Training;

/// <summary>One rank fails: the others are told, and none waits.</summary>
public class FailureTests
{
    [Theory]
    [InlineData("begin")]
    [InlineData("batch")]
    [InlineData("epoch")]
    [InlineData("end")]
    public void AnErrorOnOneRankEndsAll(string place)
    {
        LocalCluster.Outcome<History>[] outcomes = LocalCluster.Run(3, cluster =>
        {
            void FailAt(string here)
            {
                if (cluster.Rank == 1 && here == place)
                {
                    throw new InvalidTimeZoneException("A fault of rank 1.");
                }
            }

            var fault = new LambdaCallback(
                onTrainBegin: _ => FailAt("begin"), onBatchBegin: context => FailAt(context.Batch == 1 ? "batch" : ""), onEpochEnd: _ => FailAt("epoch"));
            Dataset validation = Trial.Data().Take(60).Shard(cluster.Rank, 3);
            return Trial.Model(seed: 1).Fit(
                Faulty(cluster.Rank == 1 && place == "end"), Trial.Options(cluster) with { Callbacks = [fault], Validation = validation, StepsPerEpoch = 2 });
        });

        Assert.IsType<ClusterException>(outcomes[0].Exception);
        Assert.Contains("rank 1 failed", outcomes[0].Exception!.Message, StringComparison.Ordinal);
        Assert.IsType<ClusterException>(outcomes[2].Exception);
        Assert.IsNotType<ClusterException>(outcomes[1].Exception);
        Assert.NotNull(outcomes[1].Exception);
    }

    [Fact]
    public void DataThatDoNotFitOnOneRankEndAll()
    {
        LocalCluster.Outcome<History>[] outcomes = LocalCluster.Run(2, cluster => Trial.Model(seed: 1).Fit(
            Trial.Data(features: cluster.Rank == 0 ? 20 : 21).Shard(cluster.Rank, 2), Trial.Options(cluster)));

        Assert.Contains("rank 1 failed", Assert.IsType<ClusterException>(outcomes[0].Exception).Message, StringComparison.Ordinal);
        Assert.IsType<ArgumentException>(outcomes[1].Exception);
    }

    [Fact]
    public void ALossThatIsNotANumberOnOneRankIsThatOnAll()
    {
        LocalCluster.Outcome<History>[] outcomes = LocalCluster.Run(2, cluster =>
        {
            Dataset own = Trial.Data().Shard(cluster.Rank, 2);
            float[] features = own.Features.ToArray();
            features.AsSpan().Fill(cluster.Rank == 0 ? 1f : float.MaxValue);
            return Trial.Model(seed: 1).Fit(own.WithFeatures(features), Trial.Options(cluster));
        });

        Assert.All(outcomes, static outcome => Assert.IsType<NonFiniteException>(outcome.Exception));
    }

    [Fact]
    public void RanksThatTrainDifferentlyAreRefused()
    {
        LocalCluster.Outcome<History>[] outcomes = LocalCluster.Run(3, cluster =>
        {
            Classifier model = Trial.Model(seed: 1);
            model.Compile(cluster.Rank == 2 ? new Adam() : new SGD(), new SparseCategoricalCrossentropy());
            return model.Fit(Trial.Data().Shard(cluster.Rank, 3), Trial.Options(cluster));
        });

        Assert.All(outcomes, static outcome => Assert.EndsWith(
            "those of rank 0, but are not on rank 2.", Assert.IsType<ClusterException>(outcome.Exception).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void RanksThatDriftApartAreRefused()
    {
        LocalCluster.Outcome<History>[] outcomes = LocalCluster.Run(2, cluster =>
        {
            var drift = new LambdaCallback(onBatchEnd: context => context.LearningRate = cluster.Rank == 0 ? 0.01f : 0.02f);
            return Trial.Model(seed: 1).Fit(
                Trial.Data().Shard(cluster.Rank, 2), Trial.Options(cluster) with { Callbacks = [drift] });
        });

        Assert.All(outcomes, static outcome => Assert.Contains(
            "After epoch 1 other parameters", Assert.IsType<ClusterException>(outcome.Exception).Message, StringComparison.Ordinal));
    }

    private static Dataset Faulty(bool isFaulty)
    {
        Dataset data = Trial.Data(count: 48);
        float[] features = data.Features.ToArray();
        features[^1] = isFaulty ? float.NaN : features[^1];
        return data.WithFeatures(features);
    }
}
