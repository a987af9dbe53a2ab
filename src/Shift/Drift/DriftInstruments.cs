using System.Diagnostics.Metrics;

namespace Unroll.Shift;

/// <summary>A monitor's numbers as instruments, read when a listener asks.</summary>
internal sealed class DriftInstruments : IDisposable
{
    private const string MeterName = "Unroll.Shift";

    private readonly Meter _meter = new(MeterName);

    public DriftInstruments(DriftMonitor monitor, string name)
    {
        KeyValuePair<string, object?>[] tags = [new("monitor", name)];
        _meter.CreateObservableCounter(
            "unroll.drift.observations", () => new Measurement<long>(monitor.Observations, tags), "{sample}", "Samples observed.");
        _meter.CreateObservableCounter(
            "unroll.drift.alarms", () => new Measurement<long>(monitor.Alarms, tags), "{alarm}", "Times that drift was found.");
        _meter.CreateObservableCounter(
            "unroll.drift.not_finite", () => new Measurement<long>(monitor.NotFinite, tags), "{value}", "Values that were NaN or infinite.");
        _meter.CreateObservableGauge(
            "unroll.drift.raised", () => new Measurement<int>(monitor.Raised, tags), "{chart}", "Control charts at their limit.");
        _meter.CreateObservableGauge(
            "unroll.drift.statistic", () => new Measurement<double>(monitor.Statistic, tags), "1", "The largest cumulative sum, 1 at its limit.");
    }

    public void Dispose() => _meter.Dispose();
}
