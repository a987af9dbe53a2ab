using Unroll.Numerics;

namespace Unroll.Runtime.Tests.Numerics;

public class MagnitudeTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(33)]
    [InlineData(64)]
    [InlineData(100)]
    [InlineData(145)]
    public void EveryPlaceCounts(int length)
    {
        float[] values = new float[length];
        Assert.Equal(0f, Magnitude.Largest(values));
        for (int place = 0; place < length; place++)
        {
            foreach (float value in new[] { 1e-40f, -2f, 3e38f, float.NegativeInfinity })
            {
                values[place] = value;
                Assert.Equal(MathF.Abs(value), Magnitude.Largest(values));
            }

            values[place] = float.NaN;
            Assert.True(float.IsNaN(Magnitude.Largest(values)));
            values[place] = 0f;
        }
    }

    [Fact]
    public void NaNHidesBehindNothing() =>
        Assert.True(float.IsNaN(Magnitude.Largest([float.PositiveInfinity, -float.NaN, 1f, float.NegativeInfinity])));
}
