using Unroll.Data;
using Unroll.Tests;

namespace Unroll.Reports.Tests;

/// <summary>Trainings that go well: the report must find nothing.</summary>
public sealed class HealthyTrainingTests
{
    [Fact]
    public void Digits()
    {
        (Dataset training, Dataset validation) = Samples.Digits().Split(0.8f);
        AssertSilent(new DigitReader(seed: 1), new Adam(0.002f), training, 30, validation);
    }

    [Fact]
    public void DigitsByGradientDescent()
    {
        (Dataset training, Dataset validation) = Samples.Digits().Split(0.8f);
        AssertSilent(new DigitReader(seed: 2), new SGD(0.1f, momentum: 0.9f), training, 20, validation);
    }

    [Fact]
    public void Mnist()
    {
        SlowTests.Require("It trains on MNIST");
        (Dataset training, Dataset test) = Unroll.Data.Mnist.Load(SharedData.PathOf("mnist"));
        AssertSilent(new MnistReader(seed: 1), new Adam(), training.Take(12_000), 5, test.Take(2_000));
    }

    [Fact]
    public void Iris()
    {
        Table table = Csv.Load(SharedData.PathOf("iris.csv"), new CsvOptions { HasHeader = true });
        string[] columns = [.. table.ColumnNames];
        Dataset data = table.ToDataset(columns[..4], columns[4]).Shuffle(seed: 1);
        AssertSilent(new IrisReader(seed: 1), new Adam(0.01f), data.Take(110), 60, data.Skip(110));
    }

    [Fact]
    public void Wine()
    {
        Table table = Csv.Load(SharedData.PathOf("winequality-red.csv"), new CsvOptions { Separator = ';' });
        (Dataset training, Dataset validation) = table.ToDataset(table.ColumnsExcept("quality"), "quality").Split(0.7f, seed: 1);
        var model = new WineTaster(seed: 1);
        model.Adapt(training);
        AssertSilent(model, new Adam(0.003f), training, 20, validation, new MeanSquaredError());
    }

    [Fact]
    public void Clouds() => AssertSilent(new Small(seed: 1), new Adam(), Samples.Clouds(600, 6), 10, Samples.Clouds(200, 6, seed: 2));

    private static void AssertSilent(Model model, Optimizer optimizer, Dataset training, int epochs, Dataset validation, Loss? loss = null)
    {
        using var folder = new TemporaryFolder();
        var report = new Watched(new TrainingReport(folder["report.html"]));
        if (loss is null)
        {
            model.Compile(optimizer, new SparseCategoricalCrossentropy(), new Accuracy());
        }
        else
        {
            model.Compile(optimizer, loss);
        }

        model.Fit(training, epochs, validation: validation, seed: 1, callbacks: [report.Report, report]);

        Assert.Empty(report.Report.Findings.Select(static finding => finding.ToString()));

        // Nor on the way there.
        Assert.Empty(report.Seen);
    }

    private sealed class Watched(TrainingReport report) : Callback
    {
        public TrainingReport Report => report;

        public List<string> Seen { get; } = [];

        public override void OnEpochEnd(TrainingContext context) => Seen.AddRange(report.Findings.Select(finding => $"epoch {context.Epoch}: {finding}"));
    }
}
