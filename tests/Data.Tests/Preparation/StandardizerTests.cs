namespace Unroll.Data.Tests;

public class StandardizerTests
{
    private static readonly Dataset s_training = new([1f, 10f, 7f, 3f, 30f, 7f, 5f, 20f, 7f], [1f, 2f, 3f], 3);

    [Fact]
    public void RemembersMeansAndDeviations()
    {
        Standardizer standardizer = Standardizer.Fit(s_training);

        Assert.Equal(3, standardizer.FeatureSize);
        Assert.Equal([3f, 20f, 7f], standardizer.Means);
        Assert.Equal([(float)Math.Sqrt(8.0 / 3), (float)Math.Sqrt(200.0 / 3), 1f], standardizer.Deviations);
    }

    [Fact]
    public void GivesTheTrainingPartMeanZeroAndDeviationOne()
    {
        Dataset standardized = Standardizer.Fit(s_training).Apply(s_training);

        Standardizer again = Standardizer.Fit(standardized);

        Assert.All(again.Means, mean => Assert.Equal(0f, mean, 6));
        Assert.All(again.Deviations, deviation => Assert.Equal(1f, deviation, 6));
        Assert.Equal([1f, 2f, 3f], standardized.Targets.ToArray());
    }

    [Fact]
    public void AppliesTheTrainingPartsNumbersToOthers()
    {
        Standardizer standardizer = Standardizer.Fit(s_training);

        float[] sample = standardizer.Apply([3f, 20f, 9f]);
        Dataset other = standardizer.Apply(new Dataset([3f, 20f, 9f, 3f, 20f, 7f], [0f, 0f], 2));

        Assert.Equal([0f, 0f, 2f], sample);
        Assert.Equal([0f, 0f, 2f, 0f, 0f, 0f], other.Features.ToArray());
    }

    [Fact]
    public void AppliesInPlaceWithoutAllocating()
    {
        Standardizer standardizer = Standardizer.Fit(s_training);
        float[] sample = [3f, 20f, 9f];
        standardizer.Apply(sample, sample.AsSpan());

        long before = GC.GetAllocatedBytesForCurrentThread();
        standardizer.Apply(sample, sample.AsSpan());

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void TreatsAConstantFeatureExactly()
    {
        // The sum of a thousand tenths is rounded; the deviation must not come out as that rounding.
        float[] tenths = [.. Enumerable.Repeat(0.1f, 1000)];

        Dataset standardized = Standardizer.Fit(new Dataset(tenths, tenths, 1000)).Apply(new Dataset(tenths, tenths, 1000));

        Assert.All(standardized.Features.ToArray(), value => Assert.Equal(0f, value));
    }

    [Fact]
    public void ComesBackFromItsNumbers()
    {
        Standardizer first = Standardizer.Fit(s_training);
        var second = new Standardizer([.. first.Means], [.. first.Deviations]);

        Assert.Equal(first.Apply(s_training.Features), second.Apply(s_training.Features));
    }

    [Fact]
    public void FitsAView() => Assert.Equal([5f, 20f, 7f], Standardizer.Fit(s_training.Skip(2)).Means);

    [Fact]
    public void RefusesWhatDoesNotFit()
    {
        Standardizer standardizer = Standardizer.Fit(s_training);

        Assert.Contains("3 features", Assert.Throws<ArgumentException>(() => standardizer.Apply(new Dataset([1f], [1f], 1))).Message);
        Assert.Contains("multiple of 3 values", Assert.Throws<ArgumentException>(() => standardizer.Apply([1f, 2f])).Message);
        Assert.Contains("room for 3", Assert.Throws<ArgumentException>(() => standardizer.Apply([1f, 2f, 3f], new float[2])).Message);
        Assert.Throws<ArgumentException>(() => standardizer.Apply([]));
        Assert.Throws<ArgumentException>(() => new Standardizer([1f], [1f, 2f]));
        Assert.Throws<ArgumentException>(() => new Standardizer([1f], [0f]));
        Assert.Throws<ArgumentException>(() => new Standardizer([float.NaN], [1f]));
        Assert.Contains("feature 1 of row 1 is NaN", Assert.Throws<ArgumentException>(
            () => Standardizer.Fit(new Dataset([1f, 2f, 3f, float.NaN], [0f, 0f], 2))).Message);
    }
}
