using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Unroll.Samples;
using Unroll.Shift;

namespace Unroll.Service.Tests;

/// <summary>The sample on a port of its own, with weights that have learnt nothing.</summary>
public sealed class RunningService : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("unroll-").FullName;

    public string Weights => Path.Combine(_folder, "digits.safetensors");

    public HttpClient Client { get; } = new(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(1) });

    private string Reference => Path.Combine(_folder, "reference.safetensors");

    internal WebApplication? App { get; private set; }

    public async ValueTask InitializeAsync()
    {
        var model = new DigitClassifier(seed: 1);
        model.Save(Weights);
        DriftReference.Create(model, DigitTraining.Test()).Save(Reference);
        App = ServiceProgram.Build(
        [
            "--urls", "http://127.0.0.1:0", "--weights", Weights, "--reference", Reference,
            "--Logging:LogLevel:Default", "Warning",
        ]);
        await App.StartAsync();
        Client.BaseAddress = new Uri(App.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (App is not null)
        {
            await App.StopAsync();
            await App.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }
}
