using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Unroll.Extensions.Tests;

/// <summary>Weights are replaced by good ones only, as a whole, and what happened can be seen.</summary>
public sealed class ReloadTests : IDisposable
{
    private static readonly float[] s_sample = [1f, 2f, 3f, 4f];

    private readonly ServiceFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void ServesTheWeightsOfTheFile()
    {
        Assert.All(_fixture.Service.Predict(s_sample), static value => Assert.Equal(10f, value));
        Assert.Equal((1, _fixture.Weights), (_fixture.Service.Version.Number, _fixture.Service.Version.Source));
        Assert.Equal(File.GetLastWriteTimeUtc(_fixture.Weights), _fixture.Service.Version.Written!.Value.UtcDateTime);
        Assert.Equal($"Level serves version 1 of its weights, from {_fixture.Weights}", Assert.Single(_fixture.Log.Of(LogLevel.Information)));
    }

    [Fact]
    public void AChangedFileServesFromThenOn()
    {
        ModelService<Level> service = _fixture.Service;
        Assert.False(service.Reload());
        ModelSnapshot before = service.Current;
        Level.Save(_fixture.Weights, 2f);

        Assert.True(service.Reload());
        Assert.False(service.Reload());
        Assert.Equal(2, service.Version.Number);
        Assert.All(service.Predict(s_sample), static value => Assert.Equal(20f, value));
        Assert.All(before.Predict(s_sample), static value => Assert.Equal(10f, value));
    }

    [Fact]
    public void WeightsOfSixteenBitsServe()
    {
        ModelService<Level> service = _fixture.Service;
        Level.Of(3f).Save(_fixture.Weights, WeightsDataType.BFloat16);
        File.SetLastWriteTimeUtc(_fixture.Weights, DateTime.UtcNow.AddSeconds(1));

        Assert.True(service.Reload());
        Assert.All(service.Predict(s_sample), static value => Assert.Equal(30f, value));
    }

    public static TheoryData<string, string> BadFiles => new()
    {
        { "truncated", "safetensors" },
        { "text", "safetensors" },
        { "other shape", "dense1/bias" },
        { "infinite", "of a sample of zeros is NaN" },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public async Task ABadFileIsLoggedOnceAndTheOldWeightsStay(string fault, string mention)
    {
        ModelService<Level> service = _fixture.Service;
        byte[] good = File.ReadAllBytes(_fixture.Weights);
        switch (fault)
        {
            case "truncated": File.WriteAllBytes(_fixture.Weights, good[..^5]); break;
            case "text": File.WriteAllText(_fixture.Weights, "{}"); break;
            case "other shape": new OtherLevel(seed: 1).Save(_fixture.Weights); break;
            case "infinite": Level.Of(float.PositiveInfinity).Save(_fixture.Weights); break;
            default: throw new ArgumentOutOfRangeException(nameof(fault), fault, null);
        }

        File.SetLastWriteTimeUtc(_fixture.Weights, DateTime.UtcNow.AddSeconds(1));
        Assert.False(service.Reload());
        Assert.False(service.Reload());

        string logged = Assert.Single(_fixture.Log.Of(LogLevel.Error));
        Assert.StartsWith($"Level: the weights in {_fixture.Weights} are refused, version 1 still serves", logged, StringComparison.Ordinal);
        Assert.Contains(mention, logged, StringComparison.Ordinal);
        Assert.Contains(service.Fault!, logged, StringComparison.Ordinal);
        Assert.All(service.Predict(s_sample), static value => Assert.Equal(10f, value));
        Assert.Equal(HealthStatus.Degraded, await Health());

        Level.Save(_fixture.Weights, 4f);
        Assert.True(service.Reload());
        Assert.Null(service.Fault);
        Assert.Equal(2, service.Version.Number);
        Assert.Equal(HealthStatus.Healthy, await Health());
    }

    [Fact]
    public void ACheckOfTheUsersOwnRefuses()
    {
        ModelService<Level> service = _fixture.With(static options => options.Check = static snapshot =>
        {
            if (snapshot.Predict([1f, 0f, 0f, 0f])[0] > 5f)
            {
                throw new InvalidDataException("too high a level");
            }
        });
        Level.Save(_fixture.Weights, 6f);
        Assert.False(service.Reload());
        Assert.Equal("too high a level", service.Fault);

        Level.Save(_fixture.Weights, 5f);
        Assert.True(service.Reload());
    }

    [Fact]
    public void AFileThatGoesAwayAndComesBack()
    {
        ModelService<Level> service = _fixture.Service;
        File.Delete(_fixture.Weights);
        Assert.False(service.Reload());
        Assert.False(service.Reload());
        Assert.Contains("is gone", Assert.Single(_fixture.Log.Of(LogLevel.Warning)), StringComparison.Ordinal);
        Assert.All(service.Predict(s_sample), static value => Assert.Equal(10f, value));

        Level.Save(_fixture.Weights, 2f);
        Assert.True(service.Reload());
        Assert.Null(service.Fault);
    }

    [Fact]
    public void AFileThatCannotBeReadYetIsTriedAgain()
    {
        ModelService<Level> service = _fixture.Service;
        Level.Save(_fixture.Weights, 2f);
        using (new FileStream(_fixture.Weights, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.False(service.Reload());
            Assert.False(service.Reload());
            Assert.Single(_fixture.Log.Of(LogLevel.Error));
        }

        Assert.True(service.Reload());
        Assert.All(service.Predict(s_sample), static value => Assert.Equal(20f, value));
    }

    [Fact]
    public void ALinkThatPointsElsewhereIsAChange()
    {
        string link = _fixture["link.safetensors"];
        string next = _fixture["next.safetensors"];
        Level.Save(next, 7f);
        File.SetLastWriteTimeUtc(next, DateTime.UtcNow.AddSeconds(1));
        File.CreateSymbolicLink(link, _fixture.Weights);
        ModelService<Level> service = _fixture.With(options => options.Weights = link);
        Assert.False(service.Reload());
        File.Delete(link);
        File.CreateSymbolicLink(link, next);

        Assert.True(service.Reload());
        Assert.All(service.Predict(s_sample), static value => Assert.Equal(70f, value));
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("bad")]
    public void NothingIsServedWithoutGoodWeightsAtTheStart(string fault)
    {
        if (fault == "missing")
        {
            File.Delete(_fixture.Weights);
            Assert.Throws<FileNotFoundException>(() => _fixture.Service);
        }
        else
        {
            File.WriteAllText(_fixture.Weights, "{}");
            Assert.Throws<InvalidDataException>(() => _fixture.Service);
        }
    }

    [Fact]
    public void ATrainingPublishesWhatItHasLearnt()
    {
        ModelService<Level> service = _fixture.With(static options => options.Weights = null);
        Level model = Level.Of(0f);
        model.Compile(new SGD(learningRate: 0.01f), new MeanSquaredError());
        List<float> seen = [];
        float[] targets = [.. Enumerable.Repeat(1f, Level.OutputSize)];
        model.Fit(
            new Dataset([1f, 0f, 0f, 0f], targets, 1),
            epochs: 3,
            callbacks:
            [
                new LambdaCallback(onEpochEnd: context =>
                {
                    service.Publish(context.Model.Snapshot(), $"epoch {context.Epoch}");
                    seen.Add(service.Predict([1f, 0f, 0f, 0f])[0]);
                }),
            ],
            verbose: false);

        Assert.Equal(3, seen.Count);
        Assert.True(seen[0] > 0f && seen[1] > seen[0] && seen[2] > seen[1]);
        Assert.Equal((4, "epoch 2"), (service.Version.Number, service.Version.Source));
        Assert.Throws<ArgumentException>(() => service.Publish(new Gate(seed: 1).Snapshot()));
    }

    /// <summary>Answers of one request are of one version, and no request is lost while weights are replaced a hundred times.</summary>
    [Fact]
    public async Task NoAnswerIsTornAndNoneIsLostDuringAHundredReloads()
    {
        ModelService<Level> service = _fixture.With(static options =>
        {
            options.Workers = 2;
            options.MaxBatchSize = 16;
        });
        using var stop = new CancellationTokenSource();
        long answers = 0;
        Task[] clients = [.. Enumerable.Range(0, 6).Select(client => Task.Run(async () =>
        {
            int rows = client == 0 ? 50 : 1 + (client % 3);
            float[] inputs = [.. Enumerable.Repeat(0.25f, rows * Level.InputSize)];
            while (!stop.IsCancellationRequested)
            {
                float[] outputs = client % 2 == 0 ? await service.PredictAsync(inputs) : service.Predict(inputs);
                Assert.Equal(rows * Level.OutputSize, outputs.Length);
                Assert.True(outputs.AsSpan().IndexOfAnyExcept(outputs[0]) < 0, $"of two versions: {string.Join(' ', outputs.Distinct())}");
                Assert.Equal(MathF.Round(outputs[0]), outputs[0]);
                Interlocked.Increment(ref answers);
            }
        }))];
        for (int level = 2; level < 102; level++)
        {
            Level.Save(_fixture.Weights, level);
            Assert.True(service.Reload());
            await Task.Yield();
        }

        await stop.CancelAsync();
        await Task.WhenAll(clients);
        Assert.Equal(101, service.Version.Number);
        Assert.True(answers > 0);
        Assert.Equal(0, service.Waiting);
    }

    private async Task<HealthStatus> Health() =>
        (await _fixture.Provider.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["Level"].Status;
}

/// <summary>Takes and gives other numbers of values.</summary>
[Network(1)]
[Dense(1)]
public sealed partial class Gate;
