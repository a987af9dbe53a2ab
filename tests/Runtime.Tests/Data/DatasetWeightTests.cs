namespace Unroll.Runtime.Tests.Data;

public class DatasetWeightTests
{
    private const int Rows = 10;

    private static readonly float[] s_numbers = [.. Enumerable.Range(0, Rows).Select(static row => (float)row)];

    // Each row weighs what its feature says.
    private static readonly Dataset s_data = new(s_numbers, new float[Rows], Rows, [.. s_numbers]);

    [Fact]
    public void ViewsKeepTheWeightsOfTheirRows()
    {
        Assert.Equal([0f, 1f, 2f], s_data.Take(3).SampleWeights.ToArray());
        Assert.Equal([7f, 8f, 9f], s_data.Skip(7).SampleWeights.ToArray());
        Assert.Equal([4f, 5f], s_data.Skip(4).Take(2).SampleWeights.ToArray());
        Assert.Equal([3f, 4f, 5f, 6f, 7f, 8f, 9f], s_data.Split(0.3f).Second.SampleWeights.ToArray());
    }

    [Fact]
    public void AShuffledSplitKeepsThemWithTheirRows()
    {
        (Dataset first, Dataset second) = s_data.Split(0.5f, seed: 3);
        Assert.Equal(first.Features.ToArray(), first.SampleWeights.ToArray());
        Assert.Equal(second.Features.ToArray(), second.SampleWeights.ToArray());
        Assert.NotEqual(s_numbers[..5], first.Features.ToArray());
    }

    [Fact]
    public void WithoutThemThereAreNone()
    {
        var data = new Dataset(s_numbers, s_numbers, Rows);
        Assert.True(data.SampleWeights.IsEmpty);
        Assert.True(data.Take(2).SampleWeights.IsEmpty);
        Assert.True(data.Split(0.5f, seed: 1).First.SampleWeights.IsEmpty);
    }

    [Fact]
    public void ThereMustBeOneForEachRow()
    {
        var error = Assert.Throws<ArgumentException>(() => new Dataset(s_numbers, s_numbers, Rows, [1f, 2f]));
        Assert.Equal("Expected 10 weights, one for each row, or a multiple of it, one for each step, but got 2. (Parameter 'sampleWeights')", error.Message);
        Assert.Throws<ArgumentException>(() => new Dataset(s_numbers, s_numbers, Rows, []));
    }

    [Theory]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void AWeightThatIsNoneIsNamedWithItsRow(float weight)
    {
        float[] weights = [.. s_numbers];
        weights[4] = weight;
        var error = Assert.Throws<ArgumentException>(() => new Dataset(s_numbers, s_numbers, Rows, weights));
        Assert.Contains($"row 4 is {weight}", error.Message, StringComparison.Ordinal);
        Assert.Equal("sampleWeights", error.ParamName);
    }
}
