namespace Unroll.Reports.Tests;

/// <summary>Networks of several outputs of which one fails: the report must say which, and nothing of the others.</summary>
public sealed class OutputFindingTests
{
    private static readonly Dataset s_clouds = Samples.Clouds(300, 6);

    [Fact]
    public void TheOutputThatLearnsNothingIsNamed()
    {
        var random = new Random(1);
        float[] chance = [.. Enumerable.Range(0, s_clouds.Count).Select(_ => (float)random.Next(2))];

        Finding finding = Expect(FindingKind.NotLearning, Heads(s_clouds.Targets.ToArray(), Sums(), chance), rate: 0.002f, epochs: 6);

        Assert.Equal("Output first learns nothing from the features", finding.Title);
        Assert.StartsWith("The training loss of output first, ", finding.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void TheOutputThatRestsHighIsNamed()
    {
        // A tenth of this is in the features; the rest is noise that so few units cannot learn by heart.
        Dataset data = Samples.Made(3000, 6, static (x, _) => x[0] > 0 ? 1 : 0);
        var random = new Random(2);
        float[] noise = [.. Enumerable.Range(0, data.Count).Select(row => (0.4f * data.FeaturesOf(row)[1]) + (float)Samples.Normal(random, 1))];
        float[] kinds = data.Targets.ToArray();

        Finding finding = Expect(
            FindingKind.Underfitting, new Dataset([data.Features.ToArray()], [kinds, noise], data.Count), new TwoLines(seed: 1), [new SparseCategoricalCrossentropy(), new MeanSquaredError()], 0.01f, 15);

        Assert.Contains("of output size rests high", finding.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void TheOutputThatOverfitsIsNamed()
    {
        Dataset data = Samples.Made(120, 6, static (x, _) => x[0] - x[1]);
        var random = new Random(3);
        float[] noise = [.. Enumerable.Range(0, data.Count).Select(row => data.FeaturesOf(row)[1] + (float)Samples.Normal(random, 1))];

        Finding finding = Expect(
            FindingKind.Overfitting, new Dataset([data.Features.ToArray()], [data.Targets.ToArray(), noise], data.Count), new TwoWide(seed: 1), [new MeanSquaredError(), new MeanSquaredError()], 0.003f, 80, validation: 0.5f);

        Assert.Matches(@"^Output noise overfits since epoch \d+$", finding.Title);
        Assert.Contains("monitor: \"val_noise_loss\"", finding.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void TheOutputThatLearnsWhatDoesNotHoldIsNamed()
    {
        // Two of three answers follow a feature in the first half, and its opposite in the second, which is kept for validation.
        Dataset data = Samples.Made(2000, 6, static (x, _) => x[0] - x[1]);
        var random = new Random(5);
        float[] turned = [.. Enumerable.Range(0, data.Count).Select(row => (data.FeaturesOf(row)[0] > 0) == (random.NextDouble() < 0.65) == (row < 1000) ? 1f : 0f)];

        Finding finding = Expect(
            FindingKind.Overfitting,
            new Dataset([data.Features.ToArray()], [data.Targets.ToArray(), turned], data.Count),
            new LineAndCoin(seed: 1),
            [new MeanSquaredError(), new BinaryCrossentropy()],
            new Adam(0.005f),
            12,
            validation: 0.5f,
            others: FindingKind.Underfitting);

        Assert.Equal("What output coin learns does not hold for other samples", finding.Title);
    }

    [Fact]
    public void TheOutputWhoseTargetsAreOutOfReachIsNamed()
    {
        float[] far = [.. Sums().Select(static sum => 3 + sum)];
        Finding finding = Expect(
            FindingKind.LabelsDoNotFit,
            Heads(s_clouds.Targets.ToArray(), Sums(), far),
            new ThreeHeads(seed: 1),
            [new SparseCategoricalCrossentropy(), new MeanSquaredError(), new MeanSquaredError()],
            0.002f,
            3);

        Assert.Matches("^Output first cannot reach its targets: dense[0-9] ends in Sigmoid$", finding.Title);
    }

    [Fact]
    public void TheOutputWithoutSamplesOfAClassIsNamed()
    {
        float[] kinds = [.. s_clouds.Targets.ToArray().Select(static kind => MathF.Min(kind, 1))];
        Finding finding = Expect(FindingKind.LabelsDoNotFit, Heads(kinds, Sums(), Firsts()), 0.002f, 3);

        Assert.Equal("1 of output kind's 3 classes never occur", finding.Title);
        Assert.Contains("class 2", finding.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void TheOutputThatAFeatureTellsIsNamed()
    {
        float[] copies = [.. Enumerable.Range(0, s_clouds.Count).Select(static row => 2 * s_clouds.FeaturesOf(row)[4])];
        Finding finding = Expect(FindingKind.LeakingFeature, Heads(s_clouds.Targets.ToArray(), copies, Firsts()), 0.002f, 3);

        Assert.Equal("Feature 4 tells the target of output size all by itself", finding.Title);
    }

    [Fact]
    public void TheOutputWhoseRareClassIsMissedIsNamed()
    {
        var random = new Random(4);
        float[] rare = [.. Enumerable.Range(0, s_clouds.Count).Select(_ => random.NextDouble() < 0.06 ? 1f : 0f)];
        Finding finding = Expect(FindingKind.HiddenImbalance, Heads(s_clouds.Targets.ToArray(), Sums(), rare), 0.002f, 4, others: FindingKind.NotLearning);

        Assert.StartsWith("Class 1 of output first is not recognized", finding.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void TheOutputWhoseLossJumpsIsNamed()
    {
        // Next to targets in the thousands the loss of the class hardly shows in the sum.
        float[] far = [.. Sums().Select(static sum => 1000 * sum)];
        Finding finding = Expect(FindingKind.LearningRateTooLarge, Heads(s_clouds.Targets.ToArray(), far, Firsts()), 0.3f, 12, others: FindingKind.NotLearning);

        Assert.Contains("loss of output", finding.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void TheOutputWhoseLossCountsTooLittleIsNamed()
    {
        var model = new ThreeHeads(seed: 1);
        Finding finding = Expect(
            FindingKind.LearningRateTooSmall,
            Heads(s_clouds.Targets.ToArray(), Sums(), Firsts()),
            model,
            [new SparseCategoricalCrossentropy(), new MeanSquaredError(), new BinaryCrossentropy()],
            new SGD(0.05f),
            6,
            lossWeights: [1f, 1f, 1e-6f],
            others: FindingKind.NotLearning);

        Assert.Equal("The steps are too small to get output first anywhere", finding.Title);
        Assert.Contains("`lossWeights`", finding.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void GradientsVanishOnTheBranchWhereTheyDo()
    {
        Dataset data = Samples.Clouds(240, 4);
        Finding finding = Expect(
            FindingKind.VanishingGradients,
            new Dataset([data.Features.ToArray()], [data.Targets.ToArray(), data.Targets.ToArray()], data.Count),
            new DeepAndShort(seed: 1),
            [new SparseCategoricalCrossentropy(), new SparseCategoricalCrossentropy()],
            new SGD(0.02f),
            4,
            others: FindingKind.NotLearning);

        Assert.Contains("sigmoid_step1/dense1", finding.Title, StringComparison.Ordinal);
        Assert.DoesNotContain("near", finding.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void ALossThatIsLargerThanTheOthersVanishesAndExplodesNothing()
    {
        float[] far = [.. Sums().Select(static sum => 3000 * sum)];
        IReadOnlyList<Finding> findings = Findings(
            Heads(s_clouds.Targets.ToArray(), far, Firsts()),
            new ThreeHeads(seed: 1),
            [new SparseCategoricalCrossentropy(), new MeanSquaredError(), new BinaryCrossentropy()],
            new Adam(0.002f),
            3);

        Assert.DoesNotContain(findings, static finding => finding.Kind is FindingKind.VanishingGradients or FindingKind.ExplodingGradients);
    }

    [Fact]
    public void AnOutputThatIsNotTrainedIsNotMissed()
    {
        IReadOnlyList<Finding> findings = Findings(
            Heads(s_clouds.Targets.ToArray(), Sums(), Firsts()),
            new ThreeHeads(seed: 1),
            [new SparseCategoricalCrossentropy(), new MeanSquaredError(), new BinaryCrossentropy()],
            new Adam(0.005f),
            12,
            lossWeights: [1f, 1f, 0f]);

        Assert.Empty(findings.Select(static finding => finding.ToString()));
    }

    [Fact]
    public void ThreeOutputsThatGoWellAreSilent()
    {
        Dataset digits = Samples.Digits();
        float[] ink = [.. Enumerable.Range(0, digits.Count).Select(row => Enumerable.Sum(digits.FeaturesOf(row).ToArray()) / 10f)];
        float[] even = [.. digits.Targets.ToArray().Select(static digit => digit % 2 == 0 ? 1f : 0f)];
        var data = new Dataset([digits.Features.ToArray()], [digits.Targets.ToArray(), ink, even], digits.Count);

        Assert.Empty(Findings(
            data,
            new DigitTeller(seed: 1),
            [new SparseCategoricalCrossentropy(), new MeanSquaredError(), new BinaryCrossentropy()],
            new Adam(0.002f),
            15,
            validation: 0.2f).Select(static finding => finding.ToString()));
    }

    [Fact]
    public void AHistoryAloneNamesTheOutputThatOverfits()
    {
        using var folder = new TemporaryFolder();
        string[] lines =
        [
            .. Enumerable.Range(0, 20).Select(static i => FormattableString.Invariant(
                $"{i},{20.0 / (i + 1)},{19.0 / (i + 1)},{1.0 / (i + 1)},{20.0 / (i + 1)},{19.0 / (i + 1)},{0.5 + (0.02 * Math.Abs(i - 4))}")),
        ];
        File.WriteAllText(folder["run.csv"], "epoch,loss,kind_loss,size_loss,val_loss,val_kind_loss,val_size_loss\n" + string.Join('\n', lines) + "\n");

        Finding finding = Assert.Single(TrainingReport.Write(History.Load(folder["run.csv"]), folder["run.html"], "run"));
        Assert.Equal("Output size overfits since epoch 5", finding.Title);
    }

    private static float[] Sums() => [.. Enumerable.Range(0, s_clouds.Count).Select(static row => s_clouds.FeaturesOf(row)[0] + s_clouds.FeaturesOf(row)[1] - s_clouds.FeaturesOf(row)[5])];

    private static float[] Firsts() => [.. s_clouds.Targets.ToArray().Select(static kind => kind == 0 ? 1f : 0f)];

    private static Dataset Heads(float[] kind, float[] size, float[] first) => new([s_clouds.Features.ToArray()], [kind, size, first], s_clouds.Count);

    private static Finding Expect(FindingKind kind, Dataset data, float rate, int epochs, params ReadOnlySpan<FindingKind> others) =>
        Expect(kind, data, new ThreeHeads(seed: 1), [new SparseCategoricalCrossentropy(), new MeanSquaredError(), new BinaryCrossentropy()], new Adam(rate), epochs, others: others);

    private static Finding Expect(FindingKind kind, Dataset data, Model model, Loss[] losses, float rate, int epochs, float validation = 0f) =>
        Expect(kind, data, model, losses, new Adam(rate), epochs, validation);

    private static Finding Expect(
        FindingKind kind,
        Dataset data,
        Model model,
        Loss[] losses,
        Optimizer optimizer,
        int epochs,
        float validation = 0f,
        float[]? lossWeights = null,
        params ReadOnlySpan<FindingKind> others)
    {
        IReadOnlyList<Finding> findings = Findings(data, model, losses, optimizer, epochs, validation, lossWeights);
        FindingKind[] expected = [kind, .. others];
        Assert.Empty(findings.Where(finding => !expected.Contains(finding.Kind)).Select(static finding => finding.ToString()));
        return Assert.Single(findings, finding => finding.Kind == kind);
    }

    private static IReadOnlyList<Finding> Findings(
        Dataset data, Model model, Loss[] losses, Optimizer optimizer, int epochs, float validation = 0f, float[]? lossWeights = null)
    {
        using var folder = new TemporaryFolder();
        var report = new TrainingReport(folder["report.html"], every: 1);
        model.Compile(optimizer, losses: losses, lossWeights: lossWeights);
        model.Fit(data, epochs, batchSize: 30, validationSplit: validation, seed: 1, callbacks: [report]);
        return report.Findings;
    }
}
