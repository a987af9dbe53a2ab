using Microsoft.Extensions.Hosting;

namespace Unroll.Extensions;

/// <summary>Loads the weights when the program starts, which does not start with bad ones, and looks from time to time whether they changed.</summary>
internal sealed class WeightsWatcher<TModel>(ModelService<TModel> service) : BackgroundService
    where TModel : Model
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        bool reloads = service.Options is { Weights: not null, ReloadOnChange: true };
        if (!reloads && service.Drift is null)
        {
            return;
        }

        using var timer = new PeriodicTimer(service.Options.ReloadInterval);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                if (reloads)
                {
                    service.Reload();
                }

                service.WatchDrift();
            }
        }
        catch (OperationCanceledException)
        {
            // The program stops.
        }
    }
}
