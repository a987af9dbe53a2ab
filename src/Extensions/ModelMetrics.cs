using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Unroll.Extensions;

/// <summary>The instruments of the meter <c>Unroll.Extensions</c> for one network; see docs/service.md for the list.</summary>
internal sealed class ModelMetrics
{
    private static readonly InstrumentAdvice<double> s_times = new()
    {
        HistogramBucketBoundaries = [1e-6, 2e-6, 5e-6, 1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 1e-2, 2e-2, 5e-2, 0.1, 0.2, 0.5, 1, 2, 5],
    };

    private static readonly InstrumentAdvice<int> s_sizes = new()
    {
        HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024],
    };

    private readonly KeyValuePair<string, object?> _model;
    private readonly Histogram<double> _requests;
    private readonly Histogram<double> _runs;
    private readonly Histogram<int> _batches;
    private readonly Counter<long> _predictions;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _reloads;

    public ModelMetrics(IMeterFactory factory, string model, Func<int> waiting, Func<int> version, Func<bool>? isDrifting)
    {
        _model = new KeyValuePair<string, object?>(Telemetry.ModelTag, model);

        // The factory ends its meters.
        Meter meter = factory.Create(Telemetry.Name);
        _requests = meter.CreateHistogram("unroll.request.duration", "s", "From the call of PredictAsync to the answer.", tags: null, s_times);
        _runs = meter.CreateHistogram("unroll.prediction.duration", "s", "The network's own time for a batch.", tags: null, s_times);
        _batches = meter.CreateHistogram("unroll.prediction.batch_size", "{sample}", "Samples that ran together.", tags: null, s_sizes);
        _predictions = meter.CreateCounter<long>("unroll.predictions", "{sample}", "Samples predicted.");
        _refusals = meter.CreateCounter<long>("unroll.queue.refusals", "{request}", "Requests for which the queue had no room.");
        _reloads = meter.CreateCounter<long>("unroll.weights.reloads", "{reload}", "Weights that were replaced, or refused: unroll.result tells which.");
        meter.CreateObservableUpDownCounter("unroll.queue.length", () => new Measurement<int>(waiting(), _model), "{sample}", "Samples that wait.");
        meter.CreateObservableGauge("unroll.weights.version", () => new Measurement<int>(version(), _model), "{version}", "The number of the weights that serve.");
        if (isDrifting is not null)
        {
            meter.CreateObservableGauge(
                "unroll.drifting", () => new Measurement<int>(isDrifting() ? 1 : 0, _model), "{state}", "Whether the drift monitor has raised an alarm.");
        }
    }

    public void AddRequest(long start) => _requests.Record(Stopwatch.GetElapsedTime(start).TotalSeconds, _model);

    public void AddRun(long start, int samples)
    {
        _runs.Record(Stopwatch.GetElapsedTime(start).TotalSeconds, _model);
        _batches.Record(samples, _model);
        _predictions.Add(samples, _model);
    }

    public void AddRefusal() => _refusals.Add(1, _model);

    public void AddReload(bool isReplaced) =>
        _reloads.Add(1, _model, new KeyValuePair<string, object?>("unroll.result", isReplaced ? "replaced" : "refused"));
}
