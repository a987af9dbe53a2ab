using System.Globalization;
using System.Xml.Linq;
using Unroll.Reports;
using Unroll.Runtime.Tests.Callbacks;

namespace Unroll.Runtime.Tests.Reports;

public sealed class HistoryTests : IDisposable
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheCsvHoldsEveryEpochInTheOrderOfTheKeys()
    {
        using var culture = new ForeignCulture();
        HistoryOf(("loss", [0.5f, 0.25f]), ("accuracy", [0.1f, 1e-8f]), ("val_loss", [float.NaN, 1f])).SaveCsv(_folder["history.csv"]);
        Assert.Equal("epoch,loss,accuracy,val_loss\n0,0.5,0.1,NaN\n1,0.25,1E-08,1\n", File.ReadAllText(_folder["history.csv"]));
    }

    [Fact]
    public void LinksLeadToTheFilesWrittenAndReadOnlyOnesAreRefused()
    {
        File.WriteAllText(_folder["real"], "old");
        File.CreateSymbolicLink(_folder["link"], "real");
        History history = HistoryOf(("loss", [0.5f]));
        history.SaveCsv(_folder["link"]);
        Assert.Equal("epoch,loss\n0,0.5\n", File.ReadAllText(_folder["real"]));
        Assert.NotNull(new FileInfo(_folder["link"]).LinkTarget);

        File.SetAttributes(_folder["real"], FileAttributes.ReadOnly);
        Assert.Throws<UnauthorizedAccessException>(() => history.SaveSvg(_folder["link"]));
        Assert.Throws<IOException>(() => history.SaveSvg(_folder["."]));
        File.SetAttributes(_folder["real"], FileAttributes.Normal);
    }

    [Fact]
    public void TheSvgHasAPanelForTheLossAndOneForEachMetric()
    {
        XElement svg = Draw(
            ("loss", [0.9f, 0.5f, 0.3f]), ("accuracy", [0.5f, 0.7f, 0.8f]), ("a<b", [1f, 2f, 3f]),
            ("val_loss", [0.8f, 0.6f, 0.5f]), ("val_accuracy", [0.5f, 0.6f, 0.7f]));

        XElement[] panels = [.. svg.Elements(s_svg + "g")];
        Assert.Equal(["loss", "accuracy", "a<b"], panels.Select(panel => panel.Elements(s_svg + "text").First().Value));
        Assert.Equal([2, 2, 1], panels.Select(panel => panel.Elements(s_svg + "path").Count()));
        Assert.Equal(["loss 0.3", "val_loss 0.5"], panels[0].Elements(s_svg + "text").Skip(1).Take(2).Select(text => text.Value));
    }

    [Fact]
    public void PointsLieWhereTheAxesSay()
    {
        XElement panel = Draw(("loss", [1f, 0.5f, 0f])).Element(s_svg + "g")!;
        double[][] points = [.. Points(panel)];
        (double top, double bottom) = (TickAt(panel, "1.0"), TickAt(panel, "0.0"));
        Assert.Equal([top, (top + bottom) / 2, bottom], points.Select(point => point[1]));
        Assert.Equal(points[1][0] - points[0][0], points[2][0] - points[1][0]);
    }

    [Fact]
    public void AValueThatIsNotFiniteLeavesAGap()
    {
        XElement panel = Draw(("loss", [1f, float.NaN, 3f, 2f, float.PositiveInfinity])).Element(s_svg + "g")!;
        string path = panel.Element(s_svg + "path")!.Attribute("d")!.Value;
        Assert.Equal(2, path.Count(command => command == 'M'));
        Assert.Equal(1, path.Count(command => command == 'L'));
        Assert.Equal(3, panel.Elements(s_svg + "circle").Count());
    }

    [Theory]
    [InlineData(new float[] { 0.7f })]
    [InlineData(new float[] { 0f, 0f })]
    [InlineData(new float[] { -3e30f, 3e30f, 0f })]
    [InlineData(new float[] { 1e-30f, 2e-30f })]
    [InlineData(new float[] { float.NaN, float.NaN })]
    [InlineData(new float[] { 5f, 5f, 5f, 5f })]
    [InlineData(new float[] { 16777216f, 16777217f, 16777218f })]
    public void EveryPointIsInsideThePanel(float[] values)
    {
        XElement panel = Draw(("loss", values)).Element(s_svg + "g")!;
        double[][] points = [.. Points(panel)];
        Assert.Equal(values.Count(float.IsFinite), points.Length);
        Assert.All(points, point => Assert.True(point[0] is >= 0 and <= ChartPanel.Width && point[1] is >= 0 and <= ChartPanel.Height));
        Assert.DoesNotContain("NaN", panel.Elements(s_svg + "circle").Select(circle => circle.ToString()));
    }

    [Fact]
    public void ALongHistoryHasNoMarkers()
    {
        XElement panel = Draw(("loss", [.. Enumerable.Range(0, 500).Select(i => 1f / (i + 1))])).Element(s_svg + "g")!;
        Assert.Empty(panel.Elements(s_svg + "circle"));
        Assert.Equal(500, Points(panel).Count());
    }

    [Fact]
    public void WithoutAnEpochThereIsNothingToDraw()
    {
        Assert.Throws<InvalidOperationException>(() => new History().SaveSvg(_folder["history.svg"]));
        Assert.Throws<ArgumentException>(() => new History().SaveCsv(""));
    }

    private XElement Draw(params (string Key, float[] Values)[] curves)
    {
        using var culture = new ForeignCulture();
        HistoryOf(curves).SaveSvg(_folder["history.svg"]);
        return XElement.Load(_folder["history.svg"]);
    }

    private static History HistoryOf(params (string Key, float[] Values)[] curves)
    {
        var history = new History();
        var logs = new Logs();
        for (int epoch = 0; epoch < curves[0].Values.Length; epoch++)
        {
            foreach ((string key, float[] values) in curves)
            {
                logs.Set(key, values[epoch]);
            }

            history.Append(logs);
        }

        return history;
    }

    private static IEnumerable<double[]> Points(XElement panel) => panel.Element(s_svg + "path")!.Attribute("d")!.Value
        .Split(['M', 'L'], StringSplitOptions.RemoveEmptyEntries)
        .Select(point => point.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray());

    // The label stands 4 below its grid line.
    private static double TickAt(XElement panel, string label) =>
        (double)panel.Elements(s_svg + "text").First(text => text.Value == label).Attribute("y")! - 4;

    /// <summary>Names as RFC 4180 quotes them, in the files of a history and of a logger alike.</summary>
    [Theory]
    [InlineData("a,b")]
    [InlineData("q\"x")]
    [InlineData("\"quoted\"")]
    [InlineData("two\nlines\r\nor three")]
    public void NamesOfAllKindsComeBackFromCsv(string name)
    {
        HistoryOf(("loss", [0.5f, 0.25f]), (name, [1f, float.NaN])).SaveCsv(_folder["history.csv"]);
        History read = History.Load(_folder["history.csv"]);
        Assert.Equal(["loss", name], read.Keys);
        Assert.Equal([1f, float.NaN], read[name]);

        new FakeFit(new CsvLogger(_folder["log.csv"])).Run([("loss", 0.5f), (name, 1f)], [("loss", 0.25f), (name, float.NaN)]);
        Assert.Equal(File.ReadAllText(_folder["history.csv"]), File.ReadAllText(_folder["log.csv"]));
    }

    [Fact]
    public void AHistoryWithoutValuesComesBackFromCsv()
    {
        new History().SaveCsv(_folder["history.csv"]);
        Assert.Empty(History.Load(_folder["history.csv"]));
    }
}
