namespace Unroll.Data.Tests;

public class PreprocessingTests
{
    [Fact]
    public void NormalizesAlongTheLastAxis()
    {
        float[] normalized = Preprocessing.Normalize([3f, 4f, 0f, 0f, -5f, 12f], lastAxis: 2);

        Assert.Equal([0.6f, 0.8f, 0f, 0f, -5f / 13f, 12f / 13f], normalized);
    }

    [Fact]
    public void NormalizesVeryLargeAndVerySmallVectors() =>
        Assert.Equal([0.6f, 0.8f, 0.6f, 0.8f], Preprocessing.Normalize([3e37f, 4e37f, 3e-30f, 4e-30f], lastAxis: 2));

    [Fact]
    public void NormalizesSamplesOrTheirLastAxis()
    {
        var data = new Dataset([3f, 0f, 4f, 0f], [7f], 1);

        Assert.Equal([0.6f, 0f, 0.8f, 0f], Preprocessing.Normalize(data).Features.ToArray());
        Assert.Equal([1f, 0f, 1f, 0f], Preprocessing.Normalize(data, lastAxis: 2).Features.ToArray());
        Assert.Equal([7f], Preprocessing.Normalize(data).Targets.ToArray());
    }

    [Fact]
    public void RefusesAnAxisThatDoesNotDivide()
    {
        Assert.Throws<ArgumentException>(() => Preprocessing.Normalize([1f, 2f, 3f], lastAxis: 2));
        Assert.Throws<ArgumentException>(() => Preprocessing.Normalize(new Dataset([1f, 2f, 3f], [0f], 1), lastAxis: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Preprocessing.Normalize([1f], lastAxis: 0));
    }

    [Fact]
    public void EncodesLabels()
    {
        float[] expected = [0f, 0f, 1f, 1f, 0f, 0f];

        Assert.Equal(expected, Preprocessing.OneHot([2, 0], classes: 3));
        Assert.Equal(expected, Preprocessing.OneHot([2f, 0f], classes: 3));
        Assert.Equal(expected, Preprocessing.OneHot(new byte[] { 2, 0 }, classes: 3));
        Assert.Equal(expected, Preprocessing.OneHot(new Dataset([5f, 6f], [2f, 0f], 2), classes: 3).Targets.ToArray());
    }

    [Theory]
    [InlineData(3f), InlineData(-1f), InlineData(0.5f), InlineData(float.NaN), InlineData(float.PositiveInfinity)]
    public void RefusesALabelThatIsNoClass(float label)
    {
        var error = Assert.Throws<ArgumentException>(() => Preprocessing.OneHot([0f, label], classes: 3));

        Assert.StartsWith($"Expected whole labels of 0 to 2, but label 1 is {label}.", error.Message);
    }

    [Fact]
    public void RefusesTargetsThatAreNoLabels()
    {
        Assert.Throws<ArgumentException>(() => Preprocessing.OneHot(new Dataset([5f], [2f, 0f], 1), classes: 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Preprocessing.OneHot([0], classes: 0));
    }
}
