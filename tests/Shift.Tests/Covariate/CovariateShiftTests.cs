namespace Unroll.Shift.Tests.Covariate;

public sealed class CovariateShiftTests
{
    [Fact]
    public void FindsTheFeatureThatMoved()
    {
        var draws = new Draws(1);
        Dataset source = draws.Normal(300, 4), target = Draws.Moved(draws.Normal(250, 4), feature: 2, shift: 0.6f);

        CovariateShiftReport report = CovariateShift.Test(source, target, seed: 1, featureNames: ["a", "b", "c", "d"]);

        Assert.True(report.IsShifted);
        Assert.Equal([false, false, true, false], report.Features.Select(static feature => feature.IsShifted));
        Assert.InRange(report.JointPValue, 0f, 0.01f);
        FeatureShift moved = report.Features[2];
        Assert.InRange(moved.PValue, 0f, 1e-5f);
        Assert.InRange(moved.AdjustedPValue, moved.PValue, 1e-4f);
        Assert.InRange(moved.MeanShift, 0.34f, 0.86f);
        string[] lines = report.ToString().Split('\n');
        Assert.StartsWith("covariate shift: yes", lines[0]);
        Assert.Contains("1 of 4 moved", lines[2]);
        Assert.Contains(lines, static line => line.TrimStart().StartsWith("c ", StringComparison.Ordinal));
    }

    [Fact]
    public void FindsNothingWhereNothingMoved()
    {
        var draws = new Draws(2);

        CovariateShiftReport report = CovariateShift.Test(draws.Normal(300, 4), draws.Normal(250, 4), seed: 1);

        Assert.False(report.IsShifted);
        Assert.StartsWith("covariate shift: none found", report.ToString());
    }

    [Fact]
    public void FindsAChangeThatNoFeatureShows()
    {
        // Both features stay standard normal; only together do they differ.
        var draws = new Draws(3);
        Dataset source = draws.Normal(400, 2), target = draws.Normal(400, 2);
        float[] features = target.Features.ToArray();
        for (int i = 0; i < features.Length; i += 2)
        {
            features[i + 1] = (0.8f * features[i]) + (0.6f * features[i + 1]);
        }

        CovariateShiftReport report = CovariateShift.Test(source, new Dataset(features, new float[400], 400), seed: 1);

        Assert.True(report.IsShifted);
        Assert.DoesNotContain(report.Features, static feature => feature.IsShifted);
        Assert.InRange(report.Classifier.PValue, 0f, 0.001f);
        Assert.InRange(report.Discrepancy.PValue, 0f, 0.01f);
    }

    [Fact]
    public void TheSeedDecidesTheRest()
    {
        var draws = new Draws(4);
        Dataset source = draws.Normal(60, 3), target = draws.Normal(60, 3);

        Assert.Equal(
            CovariateShift.Test(source, target, seed: 5).ToString(),
            CovariateShift.Test(source, target, seed: 5).ToString());
        Assert.Equal(CovariateShift.Weights(source, target, seed: 5), CovariateShift.Weights(source, target, seed: 5));
    }

    [Fact]
    public void RefusesWhatCannotBeCompared()
    {
        var draws = new Draws(5);
        Dataset data = draws.Normal(50, 3);
        float[] features = data.Features.ToArray();
        features[7] = float.NaN;

        AssertRefused("samples of 3 values", () => CovariateShift.Test(data, draws.Normal(50, 2)));
        AssertRefused("at least 20 rows, but the target has 19", () => CovariateShift.Test(data, data.Take(19)));
        AssertRefused("feature 1 of row 2 of the source", () => CovariateShift.Test(new Dataset(features, new float[50], 50), data));
        AssertRefused("level", () => CovariateShift.Test(data, data, level: 1f));
        AssertRefused("3 names", () => CovariateShift.Test(data, data, featureNames: ["a"]));
        AssertRefused("bound", () => CovariateShift.Weights(data, data, bound: 0.5f));
    }

    [Fact]
    public void FeatureTestsKeepTheirLevelIn1000Draws()
    {
        // A binomial count of 1,000 at 0.05 exceeds 72 once in a thousand. Rounded: with ties.
        var draws = new Draws(6);
        int found = 0;
        for (int draw = 0; draw < 1000; draw++)
        {
            Dataset source = Rounded(draws.Normal(50, 5)), target = Rounded(draws.Normal(40, 5));
            found += FeatureTests.Run(source, target, 0.05f, null).Any(static feature => feature.IsShifted) ? 1 : 0;
        }

        Assert.InRange(found, 20, 72);

        static Dataset Rounded(Dataset data) => new([.. data.Features.ToArray().Select(static value => MathF.Round(value * 2))], new float[data.Count], data.Count);
    }

    [Fact]
    public void TheDiscrepancyKeepsItsLevelIn1000Draws()
    {
        var draws = new Draws(7);
        int found = 0;
        for (int draw = 0; draw < 1000; draw++)
        {
            float[] rows = draws.Normal(30, 2).Features.ToArray();
            found += MaximumMeanDiscrepancy.Test(rows, 2, 12, 99, draws.Random).PValue <= 0.05 ? 1 : 0;
        }

        Assert.InRange(found, 29, 72);
    }

    [Fact]
    public void TheWholeTestKeepsItsLevelIn1000Draws()
    {
        Draws.RequireCampaign();
        var draws = new Draws(8);
        int found = 0, byClassifier = 0, missed = 0;
        for (int draw = 0; draw < 1000; draw++)
        {
            Dataset source = draws.Normal(80, 3), target = draws.Normal(80, 3);
            CovariateShiftReport report = CovariateShift.Test(source, target, seed: draw);
            found += report.IsShifted ? 1 : 0;
            byClassifier += report.Classifier.PValue <= 0.05f ? 1 : 0;
            missed += CovariateShift.Test(source, Draws.Moved(target, 0, 0.8f), seed: draw).IsShifted ? 0 : 1;
        }

        Assert.InRange(found, 10, 72);
        Assert.InRange(byClassifier, 25, 72);
        Assert.InRange(missed, 0, 50);
    }

    private static void AssertRefused(string expected, Action action) =>
        Assert.Contains(expected, Assert.ThrowsAny<ArgumentException>(action).Message);
}
