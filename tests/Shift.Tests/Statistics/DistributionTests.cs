using System.Text.Json;

namespace Unroll.Shift.Tests.Statistics;

public sealed class DistributionTests
{
    private static readonly JsonElement s_tails = Golden.Values.GetProperty("tails");

    [Fact]
    public void TheNormalTailIsThatOfScipy() => Assert.All(Rows("normal"), static row =>
        Golden.AssertClose(row[1], Distributions.NormalUpper(row[0]), 1e-12));

    [Fact]
    public void TheNormalQuantileIsThatOfScipy() => Assert.All(Rows("normal_quantile"), static row =>
        Golden.AssertClose(row[1], Distributions.NormalQuantile(row[0]), 1e-10, 1e-12));

    [Fact]
    public void TheChiSquaredTailIsThatOfScipy() => Assert.All(Rows("chi_squared"), static row =>
        Golden.AssertClose(row[2], Distributions.ChiSquaredUpper(row[0], (int)row[1]), 1e-11));

    [Fact]
    public void TheKolmogorovTailIsThatOfScipy() => Assert.All(Rows("kolmogorov"), static row =>
        Golden.AssertClose(row[1], Distributions.KolmogorovUpper(row[0]), 1e-11));

    private static IEnumerable<double[]> Rows(string name) => s_tails.GetProperty(name).EnumerateArray().Select(static row => row.Doubles());
}
