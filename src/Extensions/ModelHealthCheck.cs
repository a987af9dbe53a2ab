using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Unroll.Extensions;

/// <summary>
/// Whether a service predicts from the newest weights, and whether its inputs look as they should. It serves in either case: what is wrong
/// makes it degraded.
/// </summary>
internal sealed class ModelHealthCheck<TModel>(ModelService<TModel> service) : IHealthCheck
    where TModel : Model
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ModelVersion version = service.Version;
        var data = new Dictionary<string, object>
        {
            ["version"] = version.Number,
            ["source"] = version.Source,
            ["since"] = version.Since,
            ["waiting"] = service.Waiting,
        };
        List<string> faults = [];
        if (service.Fault is { } fault)
        {
            faults.Add($"Version {version.Number} still serves. {fault}");
        }

        if (service.Drift is { IsDrifting: true } drift)
        {
            faults.Add($"Drift: {string.Join(", ", drift.Drifting)}");
        }

        return Task.FromResult(faults.Count == 0
            ? HealthCheckResult.Healthy($"Version {version.Number} serves.", data)
            : HealthCheckResult.Degraded(string.Join(' ', faults), data: data));
    }
}
