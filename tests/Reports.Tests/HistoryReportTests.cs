namespace Unroll.Reports.Tests;

public sealed class HistoryReportTests
{
    [Fact]
    public void AHistoryAloneMakesAPage()
    {
        using var folder = new TemporaryFolder();
        var model = new Small(seed: 1);
        model.Compile(new Adam(), new SparseCategoricalCrossentropy(), new Accuracy());
        model.Fit(Samples.Clouds(90, 6), epochs: 4, validation: Samples.Clouds(30, 6, seed: 2), callbacks: [new LayerStatistics()]).SaveCsv(folder["run.csv"]);

        IReadOnlyList<Finding> findings = TrainingReport.Write(History.Load(folder["run.csv"]), folder["run.html"], "run");

        string page = File.ReadAllText(folder["run.html"]);
        Assert.Empty(findings);
        Assert.Contains("<h1>run</h1>", page, StringComparison.Ordinal);
        Assert.Contains("Norm of gradients", page, StringComparison.Ordinal);
        Assert.Contains("val_accuracy", page, StringComparison.Ordinal);
    }

    [Fact]
    public void AHistoryAloneTellsOfOverfitting()
    {
        using var folder = new TemporaryFolder();
        string[] lines = [.. Enumerable.Range(0, 20).Select(static i => FormattableString.Invariant($"{i},{1.0 / (i + 1)},{0.5 + (0.02 * Math.Abs(i - 4))}"))];
        File.WriteAllText(folder["run.csv"], "epoch,loss,val_loss\n" + string.Join('\n', lines) + "\n");

        Finding finding = Assert.Single(TrainingReport.Write(History.Load(folder["run.csv"]), folder["run.html"], "run"));
        Assert.Equal(FindingKind.Overfitting, finding.Kind);
        Assert.Equal("The network overfits since epoch 5", finding.Title);
    }

    [Fact]
    public void NamesAreTextAndNothingElse()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["run.csv"], "epoch,loss,</script><script>alert(1)</script>\n0,1,2\n1,0.5,1\n");
        TrainingReport.Write(History.Load(folder["run.csv"]), folder["run.html"], "<b>run</b>");

        string page = File.ReadAllText(folder["run.html"]);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>run", page, StringComparison.Ordinal);
    }
}
