using System.Diagnostics;

namespace Unroll.Extensions;

/// <summary>The names under which services of this package are watched.</summary>
/// <example><code>
/// services.AddOpenTelemetry()
///     .WithMetrics(metrics => metrics.AddMeter(Telemetry.Name))
///     .WithTracing(traces => traces.AddSource(Telemetry.Name));
/// </code></example>
public static class Telemetry
{
    /// <summary>The name of the <see cref="System.Diagnostics.Metrics.Meter"/> and of the <see cref="ActivitySource"/>.</summary>
    public const string Name = "Unroll.Extensions";

    internal const string ModelTag = "unroll.model";
    internal const string SamplesTag = "unroll.samples";
    internal const string BatchTag = "unroll.batch_size";
    internal const string VersionTag = "unroll.weights.version";

    internal static ActivitySource Activities { get; } = new(Name);
}
