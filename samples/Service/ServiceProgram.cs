using System.Globalization;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OpenTelemetry.Metrics;
using Unroll.Extensions;
using Unroll.Shift;

namespace Unroll.Samples;

/// <summary>A service that reads digits.</summary>
internal static class ServiceProgram
{
    private const int MostImages = 256;
    private const long MostBytes = 4 << 20;

    // A batch as text takes some megabytes while it is read: the others wait, so that memory stays what it is.
    private static readonly SemaphoreSlim s_batches = new(4);

    /// <param name="args">
    /// Settings of ASP.NET Core, as <c>--urls http://127.0.0.1:8080</c>, and <c>--weights FILE</c>, digits.safetensors by default, trained first where
    /// there is none; <c>--reference FILE</c>, also made then, has a drift monitor watch; <c>--reload TIME</c>, 00:00:01 by default, is how often to look
    /// for new weights.
    /// </param>
    private static void Main(string[] args) => Build(args).Run();

    public static WebApplication Build(string[] args)
    {
        // Settings are read once: a watch on them would be one on every folder below the current.
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder([.. args, "--hostBuilder:reloadConfigOnChange=false"]);
        builder.WebHost.ConfigureKestrel(static kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MostBytes;
        });
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        string weights = builder.Configuration["weights"] ?? "digits.safetensors";
        string? reference = builder.Configuration["reference"];
        if (!File.Exists(weights))
        {
            using ILoggerFactory loggers = LoggerFactory.Create(static logging => logging.AddConsole());
            DigitTraining.Run(weights, reference, loggers.CreateLogger("Training"));
        }

        DriftMonitor? drift = reference is null ? null : new DriftMonitor(DriftReference.Load(reference));
        builder.Services.AddUnroll(static _ => new DigitClassifier(seed: 0), options =>
        {
            options.Weights = weights;
            if (builder.Configuration["reload"] is { } reload)
            {
                options.ReloadInterval = TimeSpan.Parse(reload, CultureInfo.InvariantCulture);
            }

            options.Drift = drift;

            // 784 pixels are a long look; a stream of thousands a second is told by a part of it.
            options.DriftEvery = 16;
        });
        builder.Services.AddHealthChecks().AddUnroll<DigitClassifier>();
        builder.Services.AddProblemDetails();
        builder.Services.ConfigureHttpJsonOptions(static json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, AnswerJson.Default));
        builder.Services.AddOpenTelemetry().WithMetrics(static metrics => metrics
            .AddMeter(Telemetry.Name, "Unroll.Shift", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
            .AddPrometheusExporter());
        WebApplication app = builder.Build();
        Map(app);
        return app;
    }

    private static void Map(WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = Problems.AnswerAsync,
            SuppressDiagnosticsCallback = static context => Problems.IsOfTheRequest(context.Exception),
        });
        app.UseStatusCodePages();
        app.MapPost("/predict", PredictAsync);
        app.MapPost("/predict/batch", PredictBatchAsync);
        app.MapGet("/model", Describe);
        app.MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = WriteHealthAsync });
        app.MapPrometheusScrapingEndpoint();
        app.MapGet("/", static () => TypedResults.Stream(
            typeof(ServiceProgram).Assembly.GetManifestResourceStream("index.html")!, "text/html; charset=utf-8"));
    }

    private static async Task<JsonHttpResult<Answer>> PredictAsync(HttpRequest request, ModelService<DigitClassifier> digits)
    {
        float[] pixels = await ImageReader.ReadAsync(request, "pixels", isBatch: false, most: 1);
        float[] outputs = await digits.PredictAsync(pixels, request.HttpContext.RequestAborted);
        return TypedResults.Json(Answer.Of(outputs)[0], AnswerJson.Default.Answer);
    }

    private static async Task<JsonHttpResult<BatchAnswer>> PredictBatchAsync(HttpRequest request, ModelService<DigitClassifier> digits)
    {
        CancellationToken aborted = request.HttpContext.RequestAborted;
        await s_batches.WaitAsync(aborted);
        try
        {
            float[] pixels = await ImageReader.ReadAsync(request, "images", isBatch: true, MostImages);
            float[] outputs = await digits.PredictAsync(pixels, aborted);
            return TypedResults.Json(new BatchAnswer(Answer.Of(outputs)), AnswerJson.Default.BatchAnswer);
        }
        finally
        {
            s_batches.Release();
        }
    }

    private static JsonHttpResult<ModelAnswer> Describe(ModelService<DigitClassifier> digits) => TypedResults.Json(
        new ModelAnswer(digits.Current.Network, DigitClassifier.ParameterCount, Model.VectorBits, digits.Version, digits.Fault, digits.Waiting),
        AnswerJson.Default.ModelAnswer);

    private static Task WriteHealthAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new HealthAnswer(report.Status.ToString(), report.Entries.Values.FirstOrDefault().Description), AnswerJson.Default.HealthAnswer);
}
