using Unroll.Numerics;

namespace Unroll.Shift.Tests.Covariate;

public sealed class WeightTests
{
    [Fact]
    public void WeightsAreNearTheTrueRatio()
    {
        // N(0, 1) to N(0.7, 1): the ratio is exp(0.7·x − 0.245).
        var draws = new Draws(1);
        Dataset source = draws.Normal(1500, 2), target = Draws.Moved(draws.Normal(1500, 2), feature: 0, shift: 0.7f);

        float[] weights = CovariateShift.Weights(source, target, seed: 1);

        double[] truth = [.. Enumerable.Range(0, source.Count).Select(row => (0.7 * source.FeaturesOf(row)[0]) - 0.245)];
        Assert.InRange(Correlation(truth, [.. weights.Select(static weight => Math.Log(weight))]), 0.9, 1);
        Assert.InRange(MeanOf(source, 0, weights), 0.6, 0.8);
        Assert.InRange(MeanOf(source, 1, weights), -0.1, 0.1);
        Assert.Equal(1, weights.Average(), 5);
    }

    [Fact]
    public void WeightsAreNearOneWhereNothingMoved()
    {
        var draws = new Draws(2);

        float[] weights = CovariateShift.Weights(draws.Normal(500, 3), draws.Normal(500, 3), seed: 1);

        Assert.InRange(CovariateShift.EffectiveSampleSize(weights), 450, 500);
    }

    [Theory]
    [InlineData(1f)]
    [InlineData(2f)]
    [InlineData(1000f)]
    public void WeightsAreBoundedWithMeanOne(float bound)
    {
        double[] logarithms = [-1e4, -50, 0, 3, 10, 700, 705];

        float[] weights = BoundedWeights.FromLogarithms(logarithms, bound);

        Assert.Equal(1, weights.Average(), 5);
        Assert.All(weights, weight => Assert.InRange(weight, 0f, bound));
        Assert.Equal(weights.Order(), weights);
    }

    [Fact]
    public void TheEffectiveSampleSizeIsKishs()
    {
        Assert.Equal(4, CovariateShift.EffectiveSampleSize([2f, 2f, 2f, 2f]));
        Assert.Equal(1, CovariateShift.EffectiveSampleSize([0f, 5f, 0f]));
        Assert.Equal(36f / 14, CovariateShift.EffectiveSampleSize([1f, 2f, 3f]));
        Assert.Throws<ArgumentException>(() => CovariateShift.EffectiveSampleSize([0f]));
        Assert.Throws<ArgumentException>(() => CovariateShift.EffectiveSampleSize([1f, -1f]));
    }

    [Fact]
    public void WinesDrawnByAlcoholAreFoundAndWeighted()
    {
        (Dataset wines, string[] names) = RealData.Wines();
        int alcohol = Array.IndexOf(names, "alcohol");
        var random = new RandomSource(3);
        List<int> first = [], second = [];
        for (int row = 0; row < wines.Count; row++)
        {
            (random.NextDouble() < ShareOfTarget(wines.FeaturesOf(row)[alcohol]) ? second : first).Add(row);
        }

        Dataset source = Draws.Rows(wines, first), target = Draws.Rows(wines, second);
        CovariateShiftReport report = CovariateShift.Test(source, target, seed: 1, featureNames: names);
        float[] weights = CovariateShift.Weights(source, target, seed: 1);

        Assert.True(report.IsShifted);
        Assert.Equal("alcohol", report.Features.MaxBy(static feature => feature.Statistic)!.Name);
        Assert.True(report.Features[alcohol].IsShifted);
        double[] truth = [.. first.Select(row => Math.Log(OddsOfTarget(wines.FeaturesOf(row)[alcohol])))];
        Assert.InRange(Correlation(truth, [.. weights.Select(static weight => Math.Log(weight))]), 0.85, 1);

        // The true ratio, bounded as the weights are, does not close all of the gap either.
        float[] best = BoundedWeights.FromLogarithms(truth, 10);
        double gap = MeanOf(target, alcohol, [.. Enumerable.Repeat(1f, target.Count)]) - MeanOf(source, alcohol, [.. Enumerable.Repeat(1f, source.Count)]);
        Assert.InRange((MeanOf(source, alcohol, weights) - MeanOf(source, alcohol, best)) / gap, -0.15, 0.15);

        static double OddsOfTarget(float alcohol) => Math.Exp(1.5 * (alcohol - 10.5));

        static double ShareOfTarget(float alcohol) => OddsOfTarget(alcohol) / (1 + OddsOfTarget(alcohol));
    }

    private static double MeanOf(Dataset data, int feature, float[] weights)
    {
        double sum = 0;
        for (int row = 0; row < data.Count; row++)
        {
            sum += weights[row] * data.FeaturesOf(row)[feature];
        }

        return sum / data.Count;
    }

    private static double Correlation(double[] x, double[] y)
    {
        double meanOfX = x.Average(), meanOfY = y.Average();
        double product = 0, squaresOfX = 0, squaresOfY = 0;
        for (int i = 0; i < x.Length; i++)
        {
            product += (x[i] - meanOfX) * (y[i] - meanOfY);
            squaresOfX += (x[i] - meanOfX) * (x[i] - meanOfX);
            squaresOfY += (y[i] - meanOfY) * (y[i] - meanOfY);
        }

        return product / Math.Sqrt(squaresOfX * squaresOfY);
    }
}
