using Unroll.Reports;

namespace Unroll.Runtime.Tests.Reports;

public class AxisScaleTests
{
    [Theory]
    [InlineData(0.85, 0.98, "0.85 0.90 0.95 1.00")]
    [InlineData(0.12, 2.3, "0.0 0.5 1.0 1.5 2.0 2.5")]
    [InlineData(-1, 1, "-1.0 -0.5 0.0 0.5 1.0")]
    [InlineData(7, 7, "6.0 6.5 7.0 7.5 8.0")]
    [InlineData(0, 3e7, "0 5e+6 1e+7 1.5e+7 2e+7 2.5e+7 3e+7")]
    [InlineData(0, 1e-4, "0 2e-5 4e-5 6e-5 8e-5 1e-4")]
    public void MeasuredValuesGetRoundTicks(double low, double high, string expected)
    {
        using var culture = new ForeignCulture();
        AxisScale scale = AxisScale.Covering(low, high);
        Assert.Equal(expected, string.Join(' ', scale.Ticks.Select(scale.Label)));
    }

    [Theory]
    [InlineData(1, "1")]
    [InlineData(5, "1 2 3 4 5")]
    [InlineData(20, "5 10 15 20")]
    [InlineData(100, "20 40 60 80 100")]
    public void EpochsGetWholeTicks(int last, string expected)
    {
        AxisScale scale = AxisScale.OfCounts(1, last);
        Assert.Equal(expected, string.Join(' ', scale.Ticks.Select(scale.Label)));
    }
}
