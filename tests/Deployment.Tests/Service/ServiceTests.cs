using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using PuppeteerSharp;
using PuppeteerSharp.Input;
using Unroll.Deployment.Tests.Harness;

namespace Unroll.Deployment.Tests.Service;

/// <summary>The service as it is deployed: small, quick to start, replaced while it works, stopped without a loss.</summary>
public sealed class ServiceTests(ServicePublication publication, ITestOutputHelper output) : IClassFixture<ServicePublication>
{
    private const double LargestWorkingSet = 60_000_000;
    private const double LargestShare = 0.15;

    private static readonly TimeSpan s_stop = TimeSpan.FromSeconds(20);

    [Fact]
    public void PublishesWithoutAWarning()
    {
        Assert.Empty(publication.Publication.Warnings);
        Assert.DoesNotContain("warning", publication.Publication.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void AnswersSoonAfterItsStart()
    {
        // The best of some: what else the machine does is not the program's time.
        TimeSpan best = Enumerable.Range(0, 15).Min(_ =>
        {
            using ServiceProcess service = Start();
            return service.WaitUntilItAnswers(TimeSpan.FromSeconds(30));
        });
        output.WriteLine($"first answer after {best.TotalMilliseconds:0.0} ms");

        // Some 50 ms where nothing else runs; the suites beside this one take most of both processors.
        Assert.InRange(best.TotalMilliseconds, 0, 250);
    }

    /// <summary>Under load from wrk on the same processors, while the weights are replaced a hundred times.</summary>
    [Fact]
    public async Task LosesNoRequestWhileWeightsAreReplacedUnderLoad()
    {
        string wrk = Require("wrk");
        string script = publication.Workspace.Write("predict.lua", """
            wrk.method = "POST"
            wrk.headers["Content-Type"] = "application/octet-stream"
            wrk.body = string.rep("\0\0\0\0\0\0\128\62", 392)
            """);
        string weights = publication.Workspace["replaced.safetensors"];
        File.Copy(publication.Weights, weights, overwrite: true);
        byte[] content = File.ReadAllBytes(weights);
        using ServiceProcess service = Start("--weights", weights, "--reload", "00:00:00.02");
        service.WaitUntilItAnswers(TimeSpan.FromSeconds(30));
        double predictionBefore = await Metric(service, "unroll_prediction_duration_seconds_sum");
        double answersBefore = await Metric(service, "unroll_predictions_total");
        TimeSpan processorBefore = service.ProcessorTime;

        // One load after another, until the weights have been replaced a hundred times.
        var replaced = new TaskCompletionSource();
        Task<List<CommandResult>> load = Task.Run(() =>
        {
            var results = new List<CommandResult>();
            do
            {
                results.Add(CommandLine.Run(wrk, ["-t1", "-c32", "-d10s", "-s", script, service.Url + "predict"], publication.Workspace.Path).RequireSuccess());
            }
            while (!replaced.Task.IsCompleted);

            return results;
        });
        for (int reload = 1; reload <= 100; reload++)
        {
            double version = 1 + reload;
            string next = weights + ".next";
            File.WriteAllBytes(next, content);
            File.SetLastWriteTimeUtc(next, DateTime.UtcNow.AddSeconds(reload));
            File.Move(next, weights, overwrite: true);
            while (await Metric(service, "unroll_weights_version") < version)
            {
                await Task.Delay(5);
            }
        }

        replaced.SetResult();
        string result = string.Concat((await load).Select(static run => run.Output));
        output.WriteLine(result);
        double answers = await Metric(service, "unroll_predictions_total") - answersBefore;
        double share = (await Metric(service, "unroll_prediction_duration_seconds_sum") - predictionBefore)
            / (service.ProcessorTime - processorBefore).TotalSeconds;
        output.WriteLine($"{answers:0} answers; {share:0.0%} of the time in prediction; working set at most {service.PeakWorkingSet / 1e6:0.0} MB");

        double requests = Regex.Matches(result, @"(\d+) requests in").Sum(static match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
        Assert.DoesNotContain("Non-2xx", result, StringComparison.Ordinal);
        Assert.DoesNotContain("Socket errors", result, StringComparison.Ordinal);
        Assert.True(answers >= requests, $"wrk got {requests} answers, but the network made {answers}.");
        Assert.InRange(service.PeakWorkingSet, 1, LargestWorkingSet);
        Assert.InRange(share, 0, LargestShare);
    }

    [Fact]
    public async Task ARequestThatHasBegunIsAnsweredBeforeItStops()
    {
        using ServiceProcess service = Start();
        service.WaitUntilItAnswers(TimeSpan.FromSeconds(30));
        var halfSent = new TaskCompletionSource();
        var rest = new TaskCompletionSource();
        var content = new PausedContent(halfSent, rest.Task);
        Task<HttpResponseMessage> request = service.Client.PostAsync("/predict", content);
        await halfSent.Task;
        await Task.Delay(200);
        service.Terminate();
        await Task.Delay(500);
        rest.SetResult();

        HttpResponseMessage response = await request;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(0, service.WaitForExit(s_stop));
    }

    [Fact]
    public void BadWeightsAreNotServed()
    {
        string bad = publication.Workspace.Write("bad.safetensors", "{}");
        using ServiceProcess service = Start("--weights", bad);

        Assert.NotEqual(0, service.WaitForExit(s_stop));
        Assert.Contains("bad.safetensors", service.Output, StringComparison.Ordinal);
    }

    /// <summary>A person draws, and sees the digit.</summary>
    [Fact]
    public async Task ThePageReadsWhatIsDrawn()
    {
        string chromium = Require("chromium");
        using ServiceProcess service = Start();
        service.WaitUntilItAnswers(TimeSpan.FromSeconds(30));
        await using IBrowser browser = await Puppeteer.LaunchAsync(new LaunchOptions { ExecutablePath = chromium, Headless = true, Args = ["--no-sandbox"] });
        await using IPage page = await browser.NewPageAsync();
        List<string> errors = [];
        page.PageError += (_, error) => errors.Add(error.Message);
        await page.GoToAsync(service.Url);
        await page.WaitForFunctionAsync("() => document.getElementById('model').textContent.includes('version 1')");

        Assert.Equal("1", await Draw(page, (140, 50), (140, 230)));
        Assert.Equal("0", await Draw(page, Circle(140, 140, 55, 80)));
        Assert.Equal("7", await Draw(page, (80, 60), (200, 60), (130, 230)));
        string bars = await page.EvaluateFunctionAsync<string>("() => document.getElementById('bars').innerText");
        Assert.Equal(10, bars.Split('%').Length - 1);
        if (Environment.GetEnvironmentVariable("UNROLL_SCREENSHOT") is { } picture)
        {
            await page.ScreenshotAsync(picture);
        }

        Assert.Empty(errors);
    }

    private static async Task<string> Draw(IPage page, params (double X, double Y)[] line)
    {
        await page.ClickAsync("#clear");
        IElementHandle paper = await page.QuerySelectorAsync("#paper");
        BoundingBox box = await paper.BoundingBoxAsync();
        await page.Mouse.MoveAsync((decimal)line[0].X + box.X, (decimal)line[0].Y + box.Y);
        await page.Mouse.DownAsync();
        foreach ((double x, double y) in line.Skip(1))
        {
            await page.Mouse.MoveAsync((decimal)x + box.X, (decimal)y + box.Y, new MoveOptions { Steps = 4 });
        }

        await page.Mouse.UpAsync();
        await page.WaitForFunctionAsync("() => document.getElementById('digit').textContent !== ''");
        return await page.EvaluateFunctionAsync<string>("() => document.getElementById('digit').textContent");
    }

    private static (double X, double Y)[] Circle(double x, double y, double width, double height) =>
        [.. Enumerable.Range(0, 33).Select(i => (x + (width * Math.Sin(i * Math.PI / 16)), y - (height * Math.Cos(i * Math.PI / 16))))];

    private ServiceProcess Start(params string[] arguments) =>
        new(publication.Program, publication.Workspace.Path, arguments.Length == 0 ? ["--weights", publication.Weights] : arguments);

    private static async Task<double> Metric(ServiceProcess service, string name)
    {
        string metrics = await service.Client.GetStringAsync("/metrics");
        Match value = Regex.Match(metrics, $@"(?m)^{name}(\{{[^}}]*\}})? ([0-9.eE+-]+)");
        return value.Success ? double.Parse(value.Groups[2].Value, CultureInfo.InvariantCulture) : 0;
    }

    private static string Require(string program)
    {
        string? path = Programs.Find(program);
        Assert.SkipUnless(path is not null, $"{program} is not installed: apt-get install {program}.");
        return path!;
    }

    /// <summary>An image whose second half comes when it is told.</summary>
    private sealed class PausedContent : HttpContent
    {
        private readonly TaskCompletionSource _halfSent;
        private readonly Task _rest;

        public PausedContent(TaskCompletionSource halfSent, Task rest)
        {
            (_halfSent, _rest) = (halfSent, rest);
            Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(new byte[1568]);
            await stream.FlushAsync();
            _halfSent.SetResult();
            await _rest;
            await stream.WriteAsync(new byte[1568]);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 3136;
            return true;
        }
    }
}
