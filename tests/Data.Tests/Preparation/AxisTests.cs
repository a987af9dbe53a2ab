namespace Unroll.Data.Tests;

public class AxisTests
{
    // keras.utils.normalize(np.arange(12).reshape(2, 3, 2), axis, order), written out by hand.
    [Theory]
    [InlineData(0, 2, 0f, 1f / 7.0710678f, 2f / 8.2462113f)]
    [InlineData(1, 2, 0f, 1f / 5.9160798f, 2f / 4.4721360f)]
    [InlineData(-1, 2, 0f, 1f, 2f / 3.6055513f)]
    [InlineData(2, 1, 0f, 1f, 2f / 5f)]
    [InlineData(2, 3, 0f, 1f, 2f / 3.2710663f)]
    public void NormalizesAlongAnyAxis(int axis, int order, float first, float second, float third)
    {
        float[] values = [.. Enumerable.Range(0, 12).Select(static value => (float)value)];

        float[] scaled = Preprocessing.Normalize(values, shape: [2, 3, 2], axis, order);

        Assert.Equal([first, second, third], scaled[..3], (expected, actual) => Math.Abs(expected - actual) < 1e-6f);
    }

    [Fact]
    public void AgreesWithTheLastAxis()
    {
        float[] values = [3f, -4f, 0f, 0f, 1f, 2f];

        Assert.Equal(Preprocessing.Normalize(values, lastAxis: 2), Preprocessing.Normalize(values, shape: [3, 2]));
    }

    [Fact]
    public void RefusesShapesAndAxesThatCannotBe()
    {
        Assert.Throws<ArgumentException>(() => Preprocessing.Normalize(new float[6], shape: [4, 2]));
        Assert.Throws<ArgumentException>(() => Preprocessing.Normalize(new float[6], shape: []));
        Assert.Throws<ArgumentException>(() => Preprocessing.Normalize(new float[6], shape: [-2, -3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Preprocessing.Normalize(new float[6], shape: [3, 2], axis: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Preprocessing.Normalize(new float[6], shape: [3, 2], axis: -3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Preprocessing.Normalize(new float[6], shape: [3, 2], order: 0));
    }

    [Fact]
    public void FindsTheLargest()
    {
        Assert.Equal(2, Preprocessing.ArgMax([-3f, -2f, -1f]));
        Assert.Equal(0, Preprocessing.ArgMax([5f, 5f]));
        Assert.Equal([1, 0, 2], Preprocessing.ArgMax([0f, 1f, 0f, 1f, 0f, 0f, 0f, 0f, 1f], columns: 3));
        Assert.Equal([2, 0], Preprocessing.ArgMax(Preprocessing.OneHot([2, 0], classes: 3), columns: 3));
    }

    [Fact]
    public void RefusesWhatHasNoLargest()
    {
        Assert.Throws<ArgumentException>(() => Preprocessing.ArgMax([]));
        Assert.Contains("value 1 is NaN", Assert.Throws<ArgumentException>(() => Preprocessing.ArgMax([1f, float.NaN])).Message);
        Assert.Throws<ArgumentException>(() => Preprocessing.ArgMax([1f, 2f, 3f], columns: 2));
    }

    [Fact]
    public void KeepsWeightsAndDataWithoutTargets()
    {
        var weighted = new Dataset([3f, 4f], [1f], 1, [0.5f]);
        var bare = new Dataset([3f, 4f], 1);

        foreach (Func<Dataset, Dataset> step in new Func<Dataset, Dataset>[] { Preprocessing.Normalize, data => Standardizer.Fit(data).Apply(data) })
        {
            Assert.Equal([0.5f], step(weighted).SampleWeights.ToArray());
            Assert.Equal((2, 0), (step(bare).FeatureSize, step(bare).TargetSize));
        }

        Assert.Equal([0.5f], Preprocessing.OneHot(weighted, classes: 2).SampleWeights.ToArray());
    }
}
