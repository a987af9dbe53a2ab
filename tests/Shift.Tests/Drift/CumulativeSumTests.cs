using Unroll.Numerics;

namespace Unroll.Shift.Tests.Drift;

public sealed class CumulativeSumTests
{
    private const int Bins = 64;

    private static readonly double[] s_even = [.. Enumerable.Repeat(1.0 / Bins, Bins)];
    private static readonly double[] s_skewed = [0.7, 0.2, 0.1];

    // Siegmund, "Sequential analysis", 1985: (exp(2kb) − 2kb − 1)/(2k²) with b = limit + 1.166, for normal values.
    [Theory]
    [InlineData(0.25, 8.01, 742)]
    [InlineData(0.5, 4.77, 743)]
    public void TheRunLengthIsNearSiegmundsApproximation(double allowance, double limit, double expected) =>
        Golden.AssertClose(expected, new CumulativeSum(allowance, limit).RunLength(NormalScores.OfPlace(s_even), s_even), 0.06);

    [Theory]
    [InlineData(true, 500)]
    [InlineData(true, 3000)]
    [InlineData(false, 500)]
    [InlineData(false, 3000)]
    public void TheLimitGivesTheRunLengthAskedFor(bool isEven, double runLength)
    {
        double[] masses = isEven ? s_even : s_skewed;
        double[] scores = NormalScores.OfPlace(masses);
        CumulativeSum chart = CumulativeSum.ForRunLength(scores, masses, 0.3, runLength)!.Value;

        double measured = Simulate(chart, scores, masses, runs: 1500);

        // The standard error of the mean of 1,500 nearly exponential lengths is 2.6 %; steps of coarse scores are worth some per cent.
        Golden.AssertClose(runLength, measured, 0.12);
    }

    [Fact]
    public void ARareValueStaysOnTheSafeSide()
    {
        double[] masses = [0.998, 0.002];
        double[] scores = NormalScores.OfPlace(masses);
        CumulativeSum chart = CumulativeSum.ForRunLength(scores, masses, 0.3, 5000)!.Value;

        Assert.InRange(Simulate(chart, scores, masses, runs: 300), 5000, double.PositiveInfinity);
    }

    [Fact]
    public void ASumThatCannotRiseHasNoChart()
    {
        double[] masses = [0.998, 0.002];
        double[] scores = [.. NormalScores.OfPlace(masses).Select(static score => -score)];

        Assert.Null(CumulativeSum.ForRunLength(scores, masses, 0.3, 1000));
    }

    [Fact]
    public void ScoresHaveMeanZeroAndVarianceOne()
    {
        foreach (double[] scores in new[] { NormalScores.OfPlace(s_skewed), NormalScores.OfSpread(s_even) })
        {
            double[] masses = scores.Length == Bins ? s_even : s_skewed;
            Assert.Equal(0, scores.Zip(masses, static (score, mass) => score * mass).Sum(), 12);
            Assert.Equal(1, scores.Zip(masses, static (score, mass) => score * score * mass).Sum(), 12);
        }
    }

    private static double Simulate(CumulativeSum chart, double[] scores, double[] masses, int runs)
    {
        var random = new RandomSource(5);
        double total = 0;
        for (int run = 0; run < runs; run++)
        {
            for (double sum = 0; sum < chart.Limit; total++)
            {
                double draw = random.NextDouble();
                int bin = 0;
                while (bin < masses.Length - 1 && draw >= masses[bin])
                {
                    draw -= masses[bin++];
                }

                sum = Math.Max(0, sum + scores[bin] - chart.Allowance);
            }
        }

        return total / runs;
    }
}
