using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Unroll.Extensions.Tests;

/// <summary>A folder with weights of level 1, and a service on them without a host: nothing reloads by itself.</summary>
public sealed class ServiceFixture : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("unroll-").FullName;
    private ServiceProvider? _provider;

    public ServiceFixture()
    {
        Weights = Path.Combine(_folder, "level.safetensors");
        Level.Save(Weights, 1f);
    }

    public string Weights { get; }

    internal LogList Log { get; } = new();

    internal ServiceProvider Provider => _provider ??= NewProvider(static _ => { });

    internal ModelService<Level> Service => Provider.GetRequiredService<ModelService<Level>>();

    internal ModelService<Level> With(Action<UnrollOptions> configure)
    {
        _provider = NewProvider(configure);
        return Service;
    }

    public string this[string file] => Path.Combine(_folder, file);

    public void Dispose()
    {
        _provider?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private ServiceProvider NewProvider(Action<UnrollOptions> configure)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(Log).SetMinimumLevel(LogLevel.Trace));
        services.AddHealthChecks().AddUnroll<Level>();
        services.AddUnroll<Level>(options =>
        {
            options.Weights = Weights;
            configure(options);
        });
        return services.BuildServiceProvider();
    }
}
