using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Unroll.Extensions;
using Unroll.Samples;

namespace Unroll.Service.Tests;

/// <summary>What the service answers, and what it refuses.</summary>
public sealed class EndpointTests : IClassFixture<RunningService>
{
    private readonly RunningService _service;

    public EndpointTests(RunningService service) => _service = service;

    private const int Pixels = 784;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task JsonAndBytesGiveTheAnswerOfTheModel()
    {
        float[] image = Image(1);
        float[] expected = DigitClassifier.Load(_service.Weights).Predict(image);
        JsonElement json = await Read(await PostJson("/predict", $$"""{"pixels":[{{Text(image)}}]}"""));
        JsonElement bytes = await Read(await PostBytes("/predict", image));

        Assert.Equal(Array.IndexOf(expected, expected.Max()), json.GetProperty("digit").GetInt32());
        Assert.Equal(expected, Floats(json.GetProperty("probabilities")));
        Assert.Equal(expected, Floats(bytes.GetProperty("probabilities")));
    }

    [Fact]
    public async Task ABatchIsAnsweredInItsOrder()
    {
        float[][] images = [Image(1), Image(2), Image(3)];
        JsonElement json = await Read(await PostJson("/predict/batch", $$"""{"images":[{{string.Join(',', images.Select(image => $"[{Text(image)}]"))}}]}"""));
        JsonElement bytes = await Read(await PostBytes("/predict/batch", [.. images.SelectMany(static image => image)]));
        float[][] expected = [.. images.Select(image => DigitClassifier.Load(_service.Weights).Predict(image))];

        foreach (JsonElement answers in new[] { json.GetProperty("answers"), bytes.GetProperty("answers") })
        {
            Assert.Equal(3, answers.GetArrayLength());
            for (int i = 0; i < 3; i++)
            {
                // One sample adds up in another order than several.
                Assert.All(expected[i].Zip(Floats(answers[i].GetProperty("probabilities"))), static pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
            }
        }
    }

    public static TheoryData<string, string, HttpStatusCode, string> BadJson => new()
    {
        { "/predict", "", HttpStatusCode.BadRequest, "This is no JSON" },
        { "/predict", "nonsense", HttpStatusCode.BadRequest, "This is no JSON" },
        { "/predict", "[1,2,3]", HttpStatusCode.BadRequest, "Expected an object, but got StartArray" },
        { "/predict", "{}", HttpStatusCode.BadRequest, "no member \"pixels\"" },
        { "/predict", """{"pixel":[]}""", HttpStatusCode.BadRequest, "but got \"pixel\"" },
        { "/predict", """{"pixels":0.5}""", HttpStatusCode.BadRequest, "Expected an array, but got Number" },
        { "/predict", """{"pixels":[0.5,1]}""", HttpStatusCode.BadRequest, "Image 0 must have 784 pixels, but has 2" },
        { "/predict", $$"""{"pixels":[{{Zeros(785)}}]}""", HttpStatusCode.BadRequest, "Image 0 has more than 784 pixels" },
        { "/predict", $$"""{"pixels":["0.5",{{Zeros(783)}}]}""", HttpStatusCode.BadRequest, "Pixel 0 of image 0 must be a number" },
        { "/predict", $$"""{"pixels":[null,{{Zeros(783)}}]}""", HttpStatusCode.BadRequest, "Pixel 0 of image 0 must be a number" },
        { "/predict", $$"""{"pixels":[NaN,{{Zeros(783)}}]}""", HttpStatusCode.BadRequest, "This is no JSON" },
        { "/predict", $$"""{"pixels":[0,1e999,{{Zeros(782)}}]}""", HttpStatusCode.BadRequest, "Pixel 1 of image 0 must be from 0 (paper) to 1 (ink)" },
        { "/predict", $$"""{"pixels":[255,{{Zeros(783)}}]}""", HttpStatusCode.BadRequest, "but is 255" },
        { "/predict", $$"""{"pixels":[{{Zeros(784)}}]""", HttpStatusCode.BadRequest, "This is no JSON" },
        { "/predict", $$"""{"pixels":[{{Zeros(784)}}]} {}""", HttpStatusCode.BadRequest, "This is no JSON" },
        { "/predict", $$"""{"pixels":[{{Zeros(784)}}],"pixels":[{{Zeros(784)}}]}""", HttpStatusCode.BadRequest, "Expected one member" },
        { "/predict/batch", """{"images":[]}""", HttpStatusCode.BadRequest, "An image has 784 pixels, but there are 0 in all" },
        { "/predict/batch", """{"images":[1]}""", HttpStatusCode.BadRequest, "Image 0 must be an array of 784 numbers" },
        { "/predict/batch", $$"""{"images":[[{{Zeros(784)}}],[1]]}""", HttpStatusCode.BadRequest, "Image 1 must have 784 pixels, but has 1" },
        {
            "/predict/batch",
            $$"""{"images":[{{string.Join(',', Enumerable.Repeat($"[{Zeros(784)}]", 257))}}]}""",
            HttpStatusCode.RequestEntityTooLarge,
            "256 images at most"
        },
    };

    [Theory]
    [MemberData(nameof(BadJson))]
    public async Task BadJsonIsAProblem(string path, string body, HttpStatusCode status, string mention) =>
        await RequireProblem(await PostJson(path, body), status, mention);

    [Theory]
    [InlineData(float.NaN, "but is NaN")]
    [InlineData(float.PositiveInfinity, "Pixel 5 of image 0")]
    [InlineData(-0.5f, "but is -0.5")]
    public async Task AValueThatIsNoPixelIsAProblem(float value, string mention)
    {
        float[] image = new float[Pixels];
        image[5] = value;
        await RequireProblem(await PostBytes("/predict", image), HttpStatusCode.BadRequest, mention);
    }

    [Theory]
    [InlineData("/predict", 3135, HttpStatusCode.BadRequest, "no whole number of floats")]
    [InlineData("/predict", 3132, HttpStatusCode.BadRequest, "there are 783 in all")]
    [InlineData("/predict", 0, HttpStatusCode.BadRequest, "there are 0 in all")]
    [InlineData("/predict", 2 * 3136, HttpStatusCode.RequestEntityTooLarge, "1 image at most")]
    [InlineData("/predict/batch", 257 * 3136, HttpStatusCode.RequestEntityTooLarge, "256 images at most")]
    [InlineData("/predict/batch", (4 << 20) + 1, HttpStatusCode.RequestEntityTooLarge, "too large")]
    public async Task BytesOfAnotherLengthAreAProblem(string path, int length, HttpStatusCode status, string mention) =>
        await RequireProblem(await Post(path, new byte[length], "application/octet-stream"), status, mention);

    [Theory]
    [InlineData("text/plain")]
    [InlineData(null)]
    public async Task AnotherContentTypeIsAProblem(string? type) =>
        await RequireProblem(await Post("/predict", [1], type), HttpStatusCode.UnsupportedMediaType, "The content type must be");

    [Theory]
    [InlineData("GET", "/predict", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/nowhere", HttpStatusCode.NotFound)]
    public async Task WhatIsNotThereIsAProblem(string method, string path, HttpStatusCode status) =>
        await RequireProblem(await _service.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), Token), status, "");

    [Fact]
    public async Task ModelHealthMetricsAndPageAreThere()
    {
        await PostBytes("/predict", Image(1));
        JsonElement model = await Read(await _service.Client.GetAsync("/model", Token));
        Assert.Equal(DigitClassifier.ParameterCount, model.GetProperty("parameters").GetInt32());
        Assert.Equal(_service.Weights, model.GetProperty("version").GetProperty("source").GetString());
        JsonElement health = await Read(await _service.Client.GetAsync("/health", Token));
        Assert.Contains(health.GetProperty("status").GetString(), new[] { "Healthy", "Degraded" });
        string metrics = await _service.Client.GetStringAsync("/metrics", Token);
        Assert.Matches(@"(?m)^unroll_predictions_total\{.*unroll_model=""DigitClassifier"".*\} [1-9]", metrics);
        Assert.Matches(@"(?m)^unroll_prediction_duration_seconds_bucket\{.*le=""1E-05""\} \d", metrics);
        Assert.Matches(@"(?m)^unroll_drift_observations", metrics);
        HttpResponseMessage page = await _service.Client.GetAsync("/", Token);
        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        Assert.Contains("Draw a digit", await page.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NewWeightsAnswerWithoutARequestLost()
    {
        using var stop = new CancellationTokenSource();
        float[] image = Image(4);
        int[] answers = new int[4];
        Task[] clients = [.. Enumerable.Range(0, answers.Length).Select(client => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                (await PostBytes("/predict", image)).EnsureSuccessStatusCode();
                Interlocked.Increment(ref answers[client]);
            }
        }))];
        ModelService<DigitClassifier> digits = _service.App!.Services.GetRequiredService<ModelService<DigitClassifier>>();
        DigitClassifier model = DigitClassifier.Load(_service.Weights);
        int before = digits.Version.Number;
        for (int reload = 1; reload <= 20; reload++)
        {
            int[] earlier = [.. answers];
            model.Save(_service.Weights);
            File.SetLastWriteTimeUtc(_service.Weights, DateTime.UtcNow.AddSeconds(reload));
            digits.Reload();
            while (!clients.Any(static client => client.IsCompleted) && earlier.Where((count, client) => Volatile.Read(ref answers[client]) == count).Any())
            {
                await Task.Delay(1, Token);
            }
        }

        await stop.CancelAsync();
        await Task.WhenAll(clients);
        Assert.True(digits.Version.Number > before);
    }

    private Task<HttpResponseMessage> PostJson(string path, string json) => Post(path, Encoding.UTF8.GetBytes(json), "application/json; charset=utf-8");

    private Task<HttpResponseMessage> PostBytes(string path, float[] values) => Post(path, MemoryMarshal.AsBytes(values.AsSpan()).ToArray(), "application/octet-stream");

    private async Task<HttpResponseMessage> Post(string path, byte[] body, string? type)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };

        // A body that is refused by its length alone is not sent: the connection would close while it is.
        request.Headers.ExpectContinue = true;
        return await _service.Client.SendAsync(request, Token);
    }

    private static async Task RequireProblem(HttpResponseMessage response, HttpStatusCode status, string mention)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        JsonElement problem = await response.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        if (mention.Length > 0)
        {
            Assert.Contains(mention, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    private static async Task<JsonElement> Read(HttpResponseMessage response)
    {
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>(Token);
    }

    private static float[] Image(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Pixels).Select(_ => random.NextSingle())];
    }

    private static float[] Floats(JsonElement array) => [.. array.EnumerateArray().Select(static value => value.GetSingle())];

    private static string Text(float[] values) => string.Join(',', values.Select(static value => value.ToString("R", CultureInfo.InvariantCulture)));

    private static string Zeros(int count) => string.Join(',', Enumerable.Repeat('0', count));
}
