using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Unroll.Extensions.Tests;

/// <summary>What a service takes, and what a host does with it.</summary>
public sealed class ServiceTests : IDisposable
{
    private readonly ServiceFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task AnswersAreThoseOfTheModel()
    {
        float[] samples = [.. Enumerable.Range(0, 5 * Level.InputSize).Select(static i => i / 7f)];
        float[] expected = Level.Load(_fixture.Weights).Predict(samples);
        float[] outputs = new float[expected.Length];
        _fixture.Service.Predict(samples, outputs);

        Assert.Equal(expected, outputs);
        Assert.Equal(expected, _fixture.Service.Predict(samples));
        Assert.Equal(expected, await _fixture.Service.PredictAsync(samples));
        Assert.Empty(await _fixture.Service.PredictAsync(Array.Empty<float>()));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void ValuesThatAreNotFiniteAreRefused(float value)
    {
        float[] samples = [1f, 1f, 1f, 1f, 1f, 1f, value, 1f];

        Assert.Contains("value 2 of sample 1 is", Assert.Throws<ArgumentException>(() => _fixture.Service.Predict(samples)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => { _fixture.Service.Predict(samples, new float[2 * Level.OutputSize]); });
        Assert.Throws<ArgumentException>(() => { _ = _fixture.Service.PredictAsync(samples); });
    }

    [Fact]
    public void APartOfASampleIsRefused()
    {
        Assert.Contains("but got 5 values", Assert.Throws<ArgumentException>(() => _fixture.Service.Predict(new float[5])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => { _ = _fixture.Service.PredictAsync(new float[5]); });
    }

    [Fact]
    public async Task ACancelledTokenGivesACancelledTask() =>
        await Assert.ThrowsAsync<TaskCanceledException>(() => _fixture.Service.PredictAsync(new float[4], new CancellationToken(canceled: true)));

    [Fact]
    public void OneModelServesAll() => Assert.Same(_fixture.Service, _fixture.Provider.GetRequiredService<ModelService<Level>>());

    [Fact]
    public void OptionsThatCannotBeAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _fixture.With(static options => options.MaxBatchSize = 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => _fixture.With(static options => options.ReloadInterval = TimeSpan.Zero));
    }

    [Fact]
    public async Task AHostReloadsWhatChangesAndStops()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddUnroll(static _ => new Level(seed: 0), options =>
        {
            options.Weights = _fixture.Weights;
            options.ReloadInterval = TimeSpan.FromMilliseconds(5);
        });
        using IHost host = builder.Build();
        await host.StartAsync();
        ModelService<Level> service = host.Services.GetRequiredService<ModelService<Level>>();
        Assert.Equal(1, service.Version.Number);
        Level.Save(_fixture.Weights, 3f);
        for (int wait = 0; wait < 1000 && service.Version.Number == 1; wait++)
        {
            await Task.Delay(10);
        }

        Assert.Equal(2, service.Version.Number);
        Assert.Equal(12f, service.Predict([1f, 1f, 1f, 1f])[0]);
        await host.StopAsync();
    }

    [Fact]
    public async Task AHostDoesNotStartWithBadWeights()
    {
        File.WriteAllText(_fixture.Weights, "bad");
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddUnroll<Level>(options => options.Weights = _fixture.Weights);
        using IHost host = builder.Build();

        InvalidDataException refusal = await Assert.ThrowsAsync<InvalidDataException>(() => host.StartAsync());
        Assert.Contains(_fixture.Weights, refusal.Message, StringComparison.Ordinal);
    }
}
