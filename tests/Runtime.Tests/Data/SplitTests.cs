using Unroll.Fitting;

namespace Unroll.Runtime.Tests.Data;

/// <summary>Shares are taken as they were written: 0.7 of ten rows are seven, whatever the nearest float of 0.7 is.</summary>
public sealed class SplitTests
{
    public static TheoryData<int, int> TenthsAndRows
    {
        get
        {
            var data = new TheoryData<int, int>();
            foreach (int rows in new[] { 10, 30, 100, 1000 })
            {
                for (int tenths = 1; tenths <= 9; tenths++)
                {
                    data.Add(tenths, rows);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(TenthsAndRows))]
    public void SplitTakesTheShareWritten(int tenths, int rows)
    {
        (Dataset first, Dataset second) = Rows(rows).Split(tenths / 10f);

        Assert.Equal((rows * tenths / 10, rows - (rows * tenths / 10)), (first.Count, second.Count));
    }

    // Keras: math.floor(n * (1.0 - f)) in double precision, as Python computes it, 0.8 of ten rows included.
    [Theory]
    [InlineData(0.1f, 10, 9)]
    [InlineData(0.1f, 1000, 900)]
    [InlineData(0.2f, 10, 8)]
    [InlineData(0.2f, 1000, 800)]
    [InlineData(0.3f, 10, 7)]
    [InlineData(0.4f, 1000, 600)]
    [InlineData(0.6f, 10, 4)]
    [InlineData(0.8f, 10, 1)]
    public void ValidationTakesTheLastRows(float share, int rows, int expected)
    {
        (Dataset training, Dataset? validation) = ValidationSplit.Apply(Rows(rows), null, share);

        Assert.Equal(expected, training.Count);
        Assert.Equal(training.Count, validation!.TargetOf(0)[0]);
    }

    [Fact]
    public void ASeedShufflesOnce()
    {
        (Dataset first, Dataset second) = Rows(50).Split(0.5f, seed: 7);
        float[] targets = [.. first.Targets, .. second.Targets];

        Assert.NotEqual(Enumerable.Range(0, 50).Select(static row => (float)row), targets);
        Assert.Equal(Enumerable.Range(0, 50).Select(static row => (float)row), targets.Order());
        Assert.Equal(targets[..25], Rows(50).Split(0.5f, seed: 7).First.Targets);
    }

    private static Dataset Rows(int count) =>
        new(new float[count], [.. Enumerable.Range(0, count).Select(static row => (float)row)], count);
}
