using Unroll.Reports.Page;

namespace Unroll.Reports.Tests;

/// <summary>Trainings made to fail, each in one way: the report must say in which.</summary>
public sealed class FailingTrainingTests
{
    private static readonly Dataset s_clouds = Samples.Clouds(240, 4);

    [Fact]
    public void NothingIsLearntThroughZeros() =>
        Expect(FindingKind.NotLearning, new Silent(seed: 1), new SGD(0.1f), s_clouds, 6);

    [Fact]
    public void NothingIsLearntFromLabelsOfOtherRows()
    {
        Dataset shuffled = Samples.Made(2000, 4, static (_, random) => random.Next(3));
        Expect(FindingKind.NotLearning, new IrisReader(seed: 1), new SGD(0.01f), shuffled, 6);
    }

    [Theory]
    [InlineData(1f)]
    [InlineData(3f)]
    public void StepsThatMakeTheLossJumpAreTold(float rate)
    {
        Finding finding = Expect(FindingKind.LearningRateTooLarge, new IrisReader(seed: 1), new Adam(rate), Samples.Clouds(240, 4, scale: 3f), 12);
        Assert.Contains("Steps changed dense", finding.Evidence, StringComparison.Ordinal);
        Assert.Contains($"The learning rate is {rate}.", finding.Evidence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.3f)]
    [InlineData(1f)]
    public void StepsThatLeaveUnitsDeadAreTold(float rate) =>
        Expect(FindingKind.LearningRateTooLarge, new DigitReader(seed: 1), new Adam(rate), Samples.Digits().Take(600), 8);

    [Fact]
    public void ALossThatIsNoNumberIsToldWhenItEndsTraining()
    {
        Dataset data = Samples.Made(200, 2, static (x, _) => 50 * x[0]);
        Finding finding = Expect(FindingKind.LearningRateTooLarge, new Line(seed: 1), new SGD(100f), data, 40, new MeanSquaredError(), fails: true);
        Assert.Contains("became", finding.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void AParameterThatIsNoNumberIsToldAndNoLearningRateIsBlamed()
    {
        var model = new IrisReader(seed: 1);
        Parameter bias = model.Parameters[^1];
        bias.Assign([.. Enumerable.Repeat(float.NaN, bias.Count)]);
        Finding finding = Expect(FindingKind.ParameterNotFinite, model, new Adam(0.01f), s_clouds, 4, fails: true, alone: true);
        Assert.Contains(bias.Name, finding.Title, StringComparison.Ordinal);
        Assert.DoesNotContain("learning rate", finding.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void AWarningFromBeforeTheReportBeganIsInIt()
    {
        using var folder = new TemporaryFolder();
        var model = new IrisReader(seed: 1);
        model.Compile(new Adam(), new SparseCategoricalCrossentropy());
        var report = new TrainingReport(folder["report.html"]);
        model.Fit(s_clouds, callbacks: [new LambdaCallback(onTrainBegin: static context => context.Warn("said too early")), report]);
        Assert.Contains("said too early", File.ReadAllText(folder["report.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public void StepsThatAreTooSmallAreTold() =>
        Expect(FindingKind.LearningRateTooSmall, new IrisReader(seed: 1), new SGD(1e-6f), s_clouds, 5);

    [Fact]
    public void GradientsThatVanishAreToldWithTheirLayers()
    {
        Finding finding = Expect(FindingKind.VanishingGradients, new DeepSigmoid(seed: 1), new SGD(0.1f), s_clouds, 4);
        Assert.Contains("sigmoid_step1/dense1", finding.Title, StringComparison.Ordinal);
        Assert.DoesNotContain("sigmoid_step8/dense1", finding.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void GradientsThatExplodeAreTold() =>
        Expect(FindingKind.ExplodingGradients, new DeepWide(seed: 1), new SGD(1e-7f), s_clouds, 2);

    [Fact]
    public void DeadUnitsAreToldWithTheirLayer()
    {
        Finding finding = Expect(FindingKind.DeadUnits, new Dying(seed: 1), new SGD(0.01f), s_clouds, 2);
        Assert.Contains("dense1 100 %", finding.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void SaturatedUnitsAreTold()
    {
        Finding finding = Expect(FindingKind.SaturatedUnits, new Tanh(seed: 1), new SGD(0.01f), Samples.Clouds(240, 4, scale: 100f), 2);
        Assert.Contains("dense1", finding.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void OverfittingIsToldWithTheBestEpoch()
    {
        Dataset data = Samples.Made(60, 8, static (x, random) => x[0] + (float)Samples.Normal(random, 1));
        Finding finding = Expect(FindingKind.Overfitting, new Overlarge(seed: 1), new Adam(0.003f), data, 80, new MeanSquaredError(), validation: 0.5f);
        Assert.Matches(@"since epoch \d+", finding.Title);
    }

    [Fact]
    public void UnderfittingIsTold()
    {
        // A line says a tenth of this.
        Dataset data = Samples.Made(500, 2, static (x, _) => (x[0] * x[0]) + (0.4f * x[1]));
        Expect(FindingKind.Underfitting, new Line(seed: 1), new Adam(0.02f), data, 40, new MeanSquaredError());
    }

    [Fact]
    public void UnscaledInputsAreToldWithTheirRanges()
    {
        Dataset data = Samples.Made(300, 4, static (x, _) =>
        {
            (x[2], float sign) = (1000f * x[2], x[2]);
            return sign > 0 ? 1 : 0;
        });
        Finding finding = Expect(FindingKind.UnscaledInputs, new IrisReader(seed: 1), new Adam(), data, 2);
        Assert.Contains("Feature 2", finding.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void AConstantFeatureIsTold()
    {
        Dataset data = Samples.Made(300, 4, static (x, _) => (x[3] = 7f) * 0 + (x[0] > 0.4f ? 2 : x[0] > -0.4f ? 1 : 0));
        Finding finding = Expect(FindingKind.ConstantFeatures, new IrisReader(seed: 1), new Adam(), data, 2);
        Assert.Contains("feature 3 is 7", finding.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void AFeatureThatIsTheLabelIsTold()
    {
        Dataset data = Samples.Made(300, 4, static (x, random) => x[1] = random.Next(3));
        Finding finding = Expect(FindingKind.LeakingFeature, new IrisReader(seed: 1), new Adam(0.01f), data, 3);
        Assert.Contains("Feature 1", finding.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void AFeatureThatIsMadeFromTheTargetIsTold()
    {
        Dataset data = Samples.Made(300, 2, static (x, random) => 3 + (2 * (x[1] = (float)Samples.Normal(random, 1))));
        Expect(FindingKind.LeakingFeature, new Line(seed: 1), new Adam(0.01f), data, 3, new MeanSquaredError());
    }

    [Fact]
    public void LabelsThatBeginAtOneAreTold()
    {
        Dataset data = Samples.Made(300, 4, static (x, _) => x[0] > 0.8f ? 4 : x[0] > 0 ? 3 : x[0] > -0.8f ? 2 : 1);
        Finding finding = Expect(FindingKind.LabelsDoNotFit, new FiveClasses(seed: 1), new Adam(0.01f), data, 3);
        Assert.Contains("begin at 1", finding.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void TargetsBeyondTheHeadAreTold()
    {
        Dataset data = Samples.Made(300, 2, static (x, _) => 5 + x[0]);
        Finding finding = Expect(FindingKind.LabelsDoNotFit, new Chance(seed: 1), new Adam(0.01f), data, 3, new MeanSquaredError());
        Assert.Contains("Sigmoid", finding.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void ARareClassThatAccuracyHidesIsTold()
    {
        Dataset data = Samples.Made(600, 2, static (x, random) => random.NextDouble() < 0.06 ? 1 : 0);
        Finding finding = Expect(FindingKind.HiddenImbalance, new Chance(seed: 1), new Adam(0.01f), data, 4, new BinaryCrossentropy());
        Assert.Contains("of class 1", finding.Evidence, StringComparison.Ordinal);
    }

    private static Finding Expect(
        FindingKind kind, Model model, Optimizer optimizer, Dataset data, int epochs, Loss? loss = null, float validation = 0f, bool fails = false, bool alone = false)
    {
        using var folder = new TemporaryFolder();
        var report = new TrainingReport(folder["report.html"], every: 1);
        loss ??= new SparseCategoricalCrossentropy();
        if (loss is MeanSquaredError)
        {
            model.Compile(optimizer, loss);
        }
        else
        {
            model.Compile(optimizer, loss, new Accuracy());
        }

        void Fit() => model.Fit(data, epochs, batchSize: 30, validationSplit: validation, seed: 1, callbacks: [report]);
        if (fails)
        {
            Assert.Throws<NonFiniteException>(Fit);
        }
        else
        {
            Fit();
        }

        Finding finding = Assert.Single(report.Findings, finding => alone || finding.Kind == kind);
        Assert.Equal(kind, finding.Kind);
        string page = File.ReadAllText(folder["report.html"]);
        Assert.Contains(Html.Encode(finding.Title), page, StringComparison.Ordinal);
        Assert.Contains(Html.Encode(finding.Evidence), page, StringComparison.Ordinal);
        return finding;
    }
}
