using System.Text.Json;
using Unroll.Numerics;

namespace Unroll.Shift.Tests.Statistics;

public sealed class TwoSampleTests
{
    [Theory]
    [InlineData("kolmogorov_smirnov", 1e-10)]
    [InlineData("kolmogorov_smirnov_ties", 1e-12)]
    public void KolmogorovAndSmirnovAreExact(string cases, double relative) => Assert.All(Golden.Values.GetProperty(cases).EnumerateArray(), golden =>
    {
        (double statistic, double p) = KolmogorovSmirnov.Test(Sorted(golden, "x"), Sorted(golden, "y"));

        Golden.AssertClose(golden.Number("statistic"), statistic, 1e-12);
        Golden.AssertClose(golden.Number("p"), p, relative);
    });

    [Fact]
    public void TheLimitOfKolmogorovAndSmirnovIsNearTheExactValue()
    {
        JsonElement golden = Golden.Values.GetProperty("kolmogorov_smirnov_large");

        (double statistic, double p) = KolmogorovSmirnov.Test(Sorted(golden, "x"), Sorted(golden, "y"));

        Golden.AssertClose(golden.Number("statistic"), statistic, 1e-12);
        Golden.AssertClose(golden.Number("p"), p, 0.02);
    }

    [Fact]
    public void EqualConstantsDoNotDiffer() => Assert.Equal((0, 1), KolmogorovSmirnov.Test([2f, 2f, 2f], [2f, 2f]));

    [Fact]
    public void MannAndWhitneyAgreeWithScipy() => Assert.All(Golden.Values.GetProperty("mann_whitney").EnumerateArray(), static golden =>
    {
        (double area, double p) = MannWhitney.Test(golden.Floats("x"), golden.Floats("y"));

        Golden.AssertClose(golden.Number("area"), area, 1e-12);
        Golden.AssertClose(golden.Number("p"), p, 1e-10);
    });

    [Fact]
    public void EqualScoresTellNothing() => Assert.Equal((0.5, 0.5), MannWhitney.Test([1f, 1f], [1f, 1f, 1f]));

    [Fact]
    public void HomogeneityAgreesWithScipy() => Assert.All(Golden.Values.GetProperty("chi_squared").EnumerateArray(), static golden =>
    {
        int[] x = [.. golden.Floats("x").Select(static value => (int)value)], y = [.. golden.Floats("y").Select(static value => (int)value)];
        (double statistic, double p) = ChiSquared.Test(x, y);

        Golden.AssertClose(golden.Number("statistic"), statistic, 1e-12);
        Golden.AssertClose(golden.Number("p"), p, 1e-10);
    });

    [Fact]
    public void TheDiscrepancyIsThatOfItsFormula()
    {
        JsonElement golden = Golden.Values.GetProperty("discrepancy");

        (double statistic, double p) = MaximumMeanDiscrepancy.Test(golden.Floats("rows"), 3, 15, 999, new RandomSource(1));

        Golden.AssertClose(golden.Number("statistic"), statistic, 0, 2e-6);
        Assert.InRange(p, 0.001, 0.01);
    }

    [Fact]
    public void AnEqualDivisionCountsAsReached()
    {
        // Of two rows each, a third of the divisions are the given one or its mirror image, and no other is larger.
        float[] rows = [0f, 0f, 5f, 5f];

        double p = MaximumMeanDiscrepancy.Test(rows, 1, 2, 2999, new RandomSource(1)).PValue;

        Assert.InRange(p, 0.30, 0.37);
    }

    [Fact]
    public void HolmsCorrectionIsThatOfItsRule()
    {
        JsonElement golden = Golden.Values.GetProperty("holm");

        double[] adjusted = Holm.Adjust(golden.GetProperty("p").Doubles());

        Assert.Equal(golden.GetProperty("adjusted").Doubles(), adjusted);
    }

    private static float[] Sorted(JsonElement golden, string name) => [.. golden.Floats(name).Order()];
}
