namespace Unroll.Runtime.Tests.Data;

public class RowsTests
{
    private const int Rows = 10;

    // Feature i of row r is 10 r + i, its target r, its weight r.
    private static readonly Dataset s_data = new(
        [.. Enumerable.Range(0, Rows).SelectMany(static row => new[] { 10f * row, (10f * row) + 1f })], Numbers(Rows), Rows, Numbers(Rows));

    [Fact]
    public void ChoosesRowsInTheOrderGiven()
    {
        Dataset chosen = s_data.Select([7, 0, 7]);

        Assert.Equal([70f, 71f, 0f, 1f, 70f, 71f], chosen.Features.ToArray());
        Assert.Equal([7f, 0f, 7f], chosen.Targets.ToArray());
        Assert.Equal([7f, 0f, 7f], chosen.SampleWeights.ToArray());
    }

    [Fact]
    public void RefusesRowsThatAreNotThere()
    {
        Assert.Contains("0..9, but number 1 is 10", Assert.Throws<ArgumentOutOfRangeException>(() => s_data.Select([0, 10])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => s_data.Select([-1]));
        Assert.Throws<ArgumentException>(() => s_data.Select([]));
    }

    [Fact]
    public void ShufflesRowsTogether()
    {
        Dataset shuffled = s_data.Shuffle(seed: 3);

        Assert.NotEqual(Numbers(Rows), shuffled.Targets.ToArray());
        Assert.Equal(Numbers(Rows), shuffled.Targets.ToArray().Order());
        Assert.Equal(shuffled.Targets.ToArray(), shuffled.SampleWeights.ToArray());
        Assert.All(Enumerable.Range(0, Rows), row => Assert.Equal(10f * shuffled.Targets[row], shuffled.FeaturesOf(row)[0]));
        Assert.Equal(shuffled.Targets.ToArray(), s_data.Shuffle(seed: 3).Targets.ToArray());
        Assert.NotEqual(shuffled.Targets.ToArray(), s_data.Shuffle(seed: 4).Targets.ToArray());
    }

    [Fact]
    public void JoinsDataSets()
    {
        var unweighted = new Dataset([5f, 6f], [8f], 1);

        Dataset all = Dataset.Concat(s_data.Skip(8), unweighted, s_data.Take(1));

        Assert.Equal([80f, 81f, 90f, 91f, 5f, 6f, 0f, 1f], all.Features.ToArray());
        Assert.Equal([8f, 9f, 8f, 0f], all.Targets.ToArray());
        Assert.Equal([8f, 9f, 1f, 0f], all.SampleWeights.ToArray());
        Assert.True(Dataset.Concat(unweighted, unweighted).SampleWeights.IsEmpty);
    }

    [Fact]
    public void RefusesToJoinWhatDiffers()
    {
        var narrow = new Dataset([1f], [1f], 1);

        Assert.Contains("2 features and 1 targets", Assert.Throws<ArgumentException>(() => Dataset.Concat(s_data, narrow)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Dataset.Concat(narrow, new Dataset([1f], 1)));
        Assert.Throws<ArgumentException>(() => Dataset.Concat());
        Assert.Throws<ArgumentNullException>(() => Dataset.Concat(narrow, null!));
    }

    [Fact]
    public void HoldsFeaturesWithoutTargets()
    {
        var data = new Dataset([1f, 2f, 3f, 4f, 5f, 6f], 3);

        Assert.Equal((3, 2, 0), (data.Count, data.FeatureSize, data.TargetSize));
        Assert.True(data.Targets.IsEmpty);
        Assert.True(data.TargetOf(2).IsEmpty);
        Assert.Equal([5f, 6f, 1f, 2f], data.Select([2, 0]).Features.ToArray());
        Assert.Equal([3f, 4f], data.Skip(1).Take(1).Features.ToArray());
        Assert.Equal(6, Dataset.Concat(data, data).Count);
        Assert.Equal([7f], data.Take(1).WithTargets([7f]).Targets.ToArray());
        Assert.Throws<ArgumentException>(() => new Dataset([1f, 2f, 3f], 2));
        Assert.Throws<ArgumentException>(() => new Dataset([], 1));
        Assert.Throws<ArgumentNullException>(() => new Dataset(null!, 1));
    }

    [Fact]
    public void ExchangesOneSideAndKeepsTheOther()
    {
        Dataset features = s_data.WithFeatures(Numbers(Rows));
        Dataset targets = s_data.WithTargets(new float[2 * Rows]);

        Assert.Equal((1, 1), (features.FeatureSize, features.TargetSize));
        Assert.Equal((2, 2), (targets.FeatureSize, targets.TargetSize));
        Assert.Equal(s_data.SampleWeights.ToArray(), features.SampleWeights.ToArray());
        Assert.Equal(s_data.SampleWeights.ToArray(), targets.SampleWeights.ToArray());
        Assert.Throws<ArgumentException>(() => s_data.WithFeatures(new float[7]));
    }

    private static float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(static number => (float)number)];
}
