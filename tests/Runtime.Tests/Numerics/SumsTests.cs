using Unroll.Numerics;

namespace Unroll.Runtime.Tests.Numerics;

public class SumsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(24)]
    [InlineData(1000)]
    public void EveryValueCountsOnce(int length)
    {
        // Whole numbers: every sum is exact, whatever its order.
        float[] values = [.. Enumerable.Range(1, length).Select(i => i % 2 == 0 ? i : -i)];
        Assert.Equal(values.Sum(x => (double)x), Sums.Of(values));
        Assert.Equal(values.Sum(x => (double)x * x), Sums.OfSquares(values));
        Assert.Equal(values.Sum(x => Math.Abs((double)x)), Sums.OfMagnitudes(values));
    }

    [Fact]
    public void SumsAreTakenInDoublePrecision()
    {
        // In single precision nothing of the small ones would be left, and the square of the large one would be infinite.
        float[] values = [1e20f, .. Enumerable.Repeat(1e14f, 63)];
        Assert.Equal((double)1e20f + (63 * (double)1e14f), Sums.Of(values), 1e6);
        Assert.Equal(((double)1e20f * 1e20f) + (63 * (double)1e14f * 1e14f), Sums.OfSquares(values), 1e26);
        Assert.Equal((double)1e20f + (63 * (double)1e14f), Sums.OfMagnitudes(values), 1e6);
    }

    [Fact]
    public void NaNShows() => Assert.True(double.IsNaN(Sums.OfSquares([1f, float.NaN, 2f])));
}
