namespace Unroll.Runtime.Tests.Data;

public class ShardTests
{
    private static readonly Dataset s_data = new(
        [.. Enumerable.Range(0, 20).Select(static i => (float)i)], [.. Enumerable.Range(0, 10).Select(static i => (float)i)], count: 10, new float[10]);

    [Theory]
    [InlineData(1, new[] { 10 })]
    [InlineData(2, new[] { 5, 5 })]
    [InlineData(3, new[] { 4, 3, 3 })]
    [InlineData(4, new[] { 3, 3, 2, 2 })]
    [InlineData(10, new[] { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 })]
    public void ShardsAreAllRowsOneAfterTheOther(int size, int[] counts)
    {
        Dataset[] shards = [.. Enumerable.Range(0, size).Select(rank => s_data.Shard(rank, size))];

        Assert.Equal(counts, shards.Select(static shard => shard.Count));
        Assert.Equal(s_data.Features.ToArray(), shards.SelectMany(static shard => shard.Features.ToArray()));
        Assert.Equal(s_data.Targets.ToArray(), shards.SelectMany(static shard => shard.Targets.ToArray()));
        Assert.All(shards, static shard => Assert.Equal(shard.Count, shard.SampleWeights.Length));
    }

    [Fact]
    public void MoreProcessesThanRowsAreRefused() => Assert.StartsWith(
        "Expected 1 to 10 processes, for each of them needs one of the 10 rows.",
        Assert.Throws<ArgumentOutOfRangeException>("size", static () => s_data.Shard(0, 11)).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData(-1, 2, "rank")]
    [InlineData(2, 2, "rank")]
    [InlineData(0, 0, "size")]
    public void ARankOutsideIsRefused(int rank, int size, string argument) =>
        Assert.Throws<ArgumentOutOfRangeException>(argument, () => s_data.Shard(rank, size));
}
