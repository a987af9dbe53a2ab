using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Unroll.Reports.Tests;

public sealed partial class PageTests
{
    [Fact]
    public void IsOneFileThatFetchesNothing()
    {
        string page = PageOf(new Small(seed: 1), Samples.Clouds(90, 6), 3);

        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.All(Links().Matches(page), static match => Assert.StartsWith("data:", match.Groups[1].Value, StringComparison.Ordinal));
        Assert.DoesNotContain("@import", page, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"url\((?!#)", page);
    }

    [Fact]
    public void HasASectionForEachSubject()
    {
        string page = PageOf(new Small(seed: 1), Samples.Clouds(90, 6), 3);

        string[] sections = [.. Sections().Matches(page).Select(static match => match.Groups[1].Value)];
        Assert.Equal(["overview", "layers", "data", "predictions", "network", "run"], sections);
    }

    [Fact]
    public void DrawingsAreSvgWithUniqueNamesAndColorsOfThePage()
    {
        string page = PageOf(new Small(seed: 1), Samples.Clouds(90, 6), 3);

        string[] drawings = [.. Drawings().Matches(page).Select(static match => match.Value)];
        Assert.InRange(drawings.Length, 8, 20);
        var ids = new HashSet<string>();
        foreach (string drawing in drawings)
        {
            XElement svg = XElement.Parse(drawing);
            Assert.All(svg.DescendantsAndSelf().Attributes("id"), id => Assert.True(ids.Add(id.Value), id.Value));
            foreach (XAttribute clip in svg.Descendants().Attributes("clip-path"))
            {
                Assert.Contains(svg.Descendants().Attributes("id"), id => $"url(#{id.Value})" == clip.Value);
            }

            Assert.DoesNotContain("rgb(1,2,", drawing, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void IsTheSameForTheSameTraining()
    {
        Dataset data = Samples.Clouds(90, 6);

        // The first training of a process may tell that the build is not optimized, and that is on its page.
        _ = PageOf(new Small(seed: 1), data, 1);
        Assert.Equal(Timeless(PageOf(new Small(seed: 1), data, 4)), Timeless(PageOf(new Small(seed: 1), data, 4)));
    }

    [Fact]
    public void NumbersReadTheSameUnderEveryCulture()
    {
        var before = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            Dataset data = Samples.Clouds(90, 6);
            string page = PageOf(new Small(seed: 1), data, 3);
            System.Globalization.CultureInfo.CurrentCulture = new System.Globalization.CultureInfo("de-DE");
            Assert.Equal(Timeless(page), Timeless(PageOf(new Small(seed: 1), data, 3)));
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void ARegressionHasResiduals()
    {
        Dataset data = Samples.Made(120, 2, static (x, _) => x[0] - x[1]);
        string page = PageOf(new Line(seed: 1), data, 3, new MeanSquaredError());

        Assert.Contains("Prediction against target", page, StringComparison.Ordinal);
        Assert.Contains("Residuals: prediction − target", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Confusion matrix", page, StringComparison.Ordinal);
    }

    [Fact]
    public void TheConfusionMatrixCountsWhatTheModelAnswers()
    {
        Dataset data = Samples.Clouds(90, 6);
        var model = new Small(seed: 1);
        string page = PageOf(model, data, 3);
        int right = Enumerable.Range(0, data.Count).Count(row => ArgMax(model.Predict(data.FeaturesOf(row))) == (int)data.TargetOf(row)[0]);

        Assert.Equal(right, Right().Matches(page).Sum(static match => int.Parse(match.Groups[1].Value)));
    }

    [Fact]
    public void EachOutputHasItsPredictions()
    {
        using var folder = new TemporaryFolder();
        Dataset clouds = Samples.Clouds(90, 6);
        float[] kinds = clouds.Targets.ToArray();
        float[] sizes = [.. Enumerable.Range(0, clouds.Count).Select(row => clouds.FeaturesOf(row)[0])];
        var data = new Dataset([clouds.Features.ToArray()], [kinds, sizes, [.. kinds.Select(static kind => kind == 0 ? 1f : 0f)]], clouds.Count);
        var model = new ThreeHeads(seed: 1);
        model.Compile(new Adam(), losses: [new SparseCategoricalCrossentropy(), new MeanSquaredError(), new BinaryCrossentropy()]);
        model.Fit(data, epochs: 3, seed: 1, callbacks: [new TrainingReport(folder["r.html"])]);

        string page = File.ReadAllText(folder["r.html"]);
        foreach (string text in (string[])["Confusion matrix of kind", "Residuals of size", "Prediction against target of size", "Worst samples of size", "Confusion matrix of first", "Samples of each class of first", "size: "])
        {
            Assert.Contains(text, page, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("Residuals of kind", page, StringComparison.Ordinal);
        float[][] rows = [.. model.Predict(data.Features).Chunk(5)];
        int right = Enumerable.Range(0, data.Count).Sum(row =>
            (ArgMax(rows[row][..3]) == (int)kinds[row] ? 1 : 0) + (rows[row][4] > 0.5f == (kinds[row] == 0) ? 1 : 0));
        Assert.Equal(right, Right().Matches(page).Sum(static match => int.Parse(match.Groups[1].Value)));
    }

    [Fact]
    public void PicturesOfTheWorstDigitsAreInThePage()
    {
        Dataset digits = Samples.Digits();
        string page = PageOf(new DigitReader(seed: 1), digits.Take(400), 2);

        Match picture = Pictures().Match(page);
        Assert.True(picture.Success);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], Convert.FromBase64String(picture.Groups[1].Value)[..4]);
    }

    [Fact]
    public void AFailureLeavesAPageThatSaysSo()
    {
        using var folder = new TemporaryFolder();
        var model = new Line(seed: 1);
        model.Compile(new SGD(1e6f), new MeanSquaredError());
        Assert.Throws<NonFiniteException>(() => model.Fit(Samples.Made(64, 2, static (x, _) => 50 * x[0]), epochs: 50, callbacks: [new TrainingReport(folder["r.html"])]));

        string page = File.ReadAllText(folder["r.html"]);
        Assert.Contains("class=\"failure\"", page, StringComparison.Ordinal);
        Assert.Contains("failed after", page, StringComparison.Ordinal);
    }

    [Fact]
    public void APageIsThereAfterTheFirstEpoch()
    {
        using var folder = new TemporaryFolder();
        bool wasThere = false;
        var model = new Small(seed: 1);
        model.Compile(new Adam(), new SparseCategoricalCrossentropy());
        model.Fit(Samples.Clouds(60, 6), epochs: 2, callbacks: [new TrainingReport(folder["r.html"]), new LambdaCallback(onEpochEnd: context => wasThere |= context.Epoch == 0 && File.Exists(folder["r.html"]))]);

        Assert.True(wasThere);
    }

    [Fact]
    public void AStreamOfBatchesHasAReportToo()
    {
        using var folder = new TemporaryFolder();
        var model = new Small(seed: 1);
        model.Compile(new Adam(), new SparseCategoricalCrossentropy());
        Dataset data = Samples.Clouds(60, 6);
        Batch[] batches = [.. Enumerable.Range(0, 4).Select(i => new Batch(data.Features[(i * 15 * 6)..((i + 1) * 15 * 6)].ToArray(), data.Targets[(i * 15)..((i + 1) * 15)].ToArray(), 15))];
        model.Fit(batches, epochs: 3, callbacks: [new TrainingReport(folder["r.html"])]);

        string page = File.ReadAllText(folder["r.html"]);
        Assert.Contains("Norm of gradients", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"data\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void TheSameReportShowsTheNextTraining()
    {
        using var folder = new TemporaryFolder();
        var report = new TrainingReport(folder["r.html"]);
        foreach (int epochs in new[] { 2, 5 })
        {
            var model = new Small(seed: 1);
            model.Compile(new Adam(), new SparseCategoricalCrossentropy());
            model.Fit(Samples.Clouds(60, 6), epochs, callbacks: [report]);
            Assert.Contains($"<p>{epochs} epochs ·", File.ReadAllText(folder["r.html"]), StringComparison.Ordinal);
        }
    }

    private static string PageOf(Model model, Dataset data, int epochs, Loss? loss = null)
    {
        using var folder = new TemporaryFolder();
        model.Compile(new Adam(), loss ?? new SparseCategoricalCrossentropy());
        model.Fit(data, epochs, seed: 1, callbacks: [new TrainingReport(folder["r.html"])]);
        return File.ReadAllText(folder["r.html"]);
    }

    // Times and dates differ from run to run, and so does the chart of seconds.
    private static string Timeless(string page) => Seconds().Replace(Started().Replace(page, ""), "");

    private static int ArgMax(float[] values) => Array.IndexOf(values, values.Max());

    [GeneratedRegex("(?:src|href)=\"([^\"]*)\"")]
    private static partial Regex Links();

    [GeneratedRegex("<section id=\"([a-z]+)\"")]
    private static partial Regex Sections();

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Drawings();

    [GeneratedRegex("<th scope=\"row\">Started</th><td>[^<]*</td>")]
    private static partial Regex Started();

    [GeneratedRegex("<figure class=\"chart\"[^>]*aria-label=\"Seconds.*?</figure>", RegexOptions.Singleline)]
    private static partial Regex Seconds();

    [GeneratedRegex("class=\"right\"[^>]*>(\\d+)<")]
    private static partial Regex Right();

    [GeneratedRegex("src=\"data:image/png;base64,([^\"]+)\"")]
    private static partial Regex Pictures();
}
