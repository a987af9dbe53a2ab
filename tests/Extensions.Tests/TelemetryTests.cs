using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Unroll.Shift;

namespace Unroll.Extensions.Tests;

/// <summary>What can be seen of a service from outside.</summary>
public sealed class TelemetryTests : IDisposable
{
    private static readonly float[] s_sample = [1f, 2f, 3f, 4f];

    private readonly ServiceFixture _fixture = new();
    private readonly Dictionary<string, double> _sums = [];
    private readonly Dictionary<string, int> _counts = [];
    private readonly HashSet<string> _tags = [];

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task TheMeterCountsWhatHappens()
    {
        ModelService<Level> service = _fixture.With(static options => options.QueueCapacity = 10);
        using MeterListener listener = Listen(_fixture.Provider.GetRequiredService<IMeterFactory>());
        service.Predict([.. s_sample, .. s_sample]);
        await service.PredictAsync(s_sample);
        await Assert.ThrowsAsync<QueueFullException>(() => service.PredictAsync(new float[11 * Level.InputSize]));
        Level.Save(_fixture.Weights, 2f);
        service.Reload();
        File.WriteAllText(_fixture.Weights, "bad");
        File.SetLastWriteTimeUtc(_fixture.Weights, DateTime.UtcNow.AddSeconds(5));
        service.Reload();
        listener.RecordObservableInstruments();

        Assert.Equal(3, _sums["unroll.predictions"]);
        Assert.Equal(2, _counts["unroll.prediction.duration"]);
        Assert.InRange(_sums["unroll.prediction.duration"], 1e-9, 5);
        Assert.Equal((2, 3), (_counts["unroll.prediction.batch_size"], _sums["unroll.prediction.batch_size"]));
        Assert.Equal(1, _counts["unroll.request.duration"]);
        Assert.Equal(1, _sums["unroll.queue.refusals"]);
        Assert.Equal(2, _sums["unroll.weights.reloads"]);
        Assert.Equal(2, _sums["unroll.weights.version"]);
        Assert.Equal(0, _sums["unroll.queue.length"]);
        Assert.DoesNotContain("unroll.drifting", _sums.Keys);
        Assert.Equal(["unroll.model=Level", "unroll.result=refused", "unroll.result=replaced"], _tags.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ActivitiesTellSamplesBatchAndVersion()
    {
        List<Activity> activities = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == Telemetry.Name,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (activities)
                {
                    activities.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var parent = new Activity("test");
        parent.Start();
        await _fixture.Service.PredictAsync(s_sample.Concat(s_sample).ToArray());
        Level.Save(_fixture.Weights, 2f);
        _fixture.Service.Reload();
        Activity[] own = [.. activities.Where(activity => activity.TraceId == parent.TraceId)];

        Assert.Equal(["unroll.predict", "unroll.reload"], own.Select(static activity => activity.OperationName));
        Assert.Equal("Level", own[0].GetTagItem("unroll.model"));
        Assert.Equal(2, own[0].GetTagItem("unroll.samples"));
        Assert.Equal(2, own[0].GetTagItem("unroll.batch_size"));
        Assert.Equal(1, own[0].GetTagItem("unroll.weights.version"));
        Assert.Equal(2, own[1].GetTagItem("unroll.weights.version"));
    }

    [Fact]
    public async Task DriftShowsInHealthMetricsAndLog()
    {
        var random = new Random(1);
        var reference = new Dataset(
            [.. Enumerable.Range(0, 2000 * Level.InputSize).Select(_ => random.NextSingle())], new float[2000 * Level.OutputSize], 2000);
        using var monitor = new DriftMonitor(DriftReference.Create(Level.Of(1f), reference));
        ModelService<Level> service = _fixture.With(options => options.Drift = monitor);
        using MeterListener listener = Listen(_fixture.Provider.GetRequiredService<IMeterFactory>());
        for (int i = 0; i < 300; i++)
        {
            service.Predict([random.NextSingle(), random.NextSingle(), random.NextSingle(), random.NextSingle()]);
        }

        service.WatchDrift();
        listener.RecordObservableInstruments();
        Assert.Equal(HealthStatus.Healthy, (await Health()).Status);
        Assert.Equal(0, _sums["unroll.drifting"]);
        for (int i = 0; i < 300; i++)
        {
            await service.PredictAsync(new float[] { 0.8f + (0.2f * random.NextSingle()), random.NextSingle(), random.NextSingle(), random.NextSingle() });
        }

        service.WatchDrift();
        service.WatchDrift();
        listener.RecordObservableInstruments();
        Assert.Equal(600, monitor.Observations);
        HealthReportEntry health = await Health();
        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.Contains("Drift: ", health.Description, StringComparison.Ordinal);
        Assert.Contains("drifts from the reference", Assert.Single(_fixture.Log.Of(LogLevel.Warning)), StringComparison.Ordinal);
        Assert.Equal(1, _sums["unroll.drifting"]);

        monitor.Reset();
        service.WatchDrift();
        Assert.Contains(_fixture.Log.Of(LogLevel.Information), static text => text.Contains("as the reference again", StringComparison.Ordinal));
    }

    [Fact]
    public void TheMonitorMaySeeEveryTenthSampleOnly()
    {
        using var monitor = new DriftMonitor(DriftReference.Create(
            Level.Of(1f), new Dataset([.. Enumerable.Range(0, 400).Select(static i => i / 400f)], new float[100 * Level.OutputSize], 100)));
        ModelService<Level> service = _fixture.With(options =>
        {
            options.Drift = monitor;
            options.DriftEvery = 10;
        });
        service.Predict(new float[95 * Level.InputSize]);
        service.Predict(new float[7 * Level.InputSize]);

        Assert.Equal(11, monitor.Observations);
    }

    [Fact]
    public void AReferenceOfAnotherNetworkIsRefusedAtTheStart()
    {
        using var monitor = new DriftMonitor(DriftReference.Create(new Gate(seed: 1), new Dataset([.. Enumerable.Range(0, 100).Select(static i => (float)i)], new float[100], 100)));

        ArgumentException refusal = Assert.Throws<ArgumentException>(() => _fixture.With(options => options.Drift = monitor));
        Assert.Contains("takes 4 values and gives 8, but the drift monitor's reference has 1 and 1", refusal.Message, StringComparison.Ordinal);
    }

    private async Task<HealthReportEntry> Health() =>
        (await _fixture.Provider.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["Level"];

    private MeterListener Listen(IMeterFactory factory)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == Telemetry.Name && instrument.Meter.Scope == factory)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
        return listener;
    }

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_sums)
        {
            _sums[instrument.Name] = instrument.IsObservable ? value : _sums.GetValueOrDefault(instrument.Name) + value;
            _counts[instrument.Name] = _counts.GetValueOrDefault(instrument.Name) + 1;
            foreach (KeyValuePair<string, object?> tag in tags)
            {
                _tags.Add($"{tag.Key}={tag.Value}");
            }
        }
    }
}
