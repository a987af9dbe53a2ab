namespace Unroll.Numerics.Tests.Training;

/// <summary>Where epochs begin and how long they are.</summary>
public sealed class EpochTests
{
    private const int BatchSize = 5;
    private const int BatchesPerPass = 6;

    [Fact]
    public void AnInitialEpochGoesOnWhereAnEarlierFitEnded()
    {
        Model whole = Create();
        History expected = whole.Fit(Fits.Data, epochs: 5, BatchSize, seed: 7);

        Model parts = Create();
        parts.Fit(Fits.Data, epochs: 2, BatchSize, seed: 7);
        History rest = parts.Fit(Fits.Data, epochs: 5, BatchSize, seed: 7, initialEpoch: 2);

        Assert.Equal(Fits.Weights(whole), Fits.Weights(parts));
        Assert.Equal(expected["loss"].Skip(2), rest["loss"]);
    }

    [Fact]
    public void CallbacksAndTheHistoryCountItToo()
    {
        var epochs = new List<int>();
        using var file = new TemporaryFile();
        Create().Fit(Fits.Data, epochs: 5, initialEpoch: 3, callbacks: [new LambdaCallback(onEpochBegin: context => epochs.Add(context.Epoch))])
            .SaveCsv(file.Path);
        Assert.Equal([3, 4], epochs);
        Assert.Equal(["epoch", "3", "4"], File.ReadAllLines(file.Path).Select(static line => line.Split(',')[0]));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(12)]
    public void StepsOfAnEpochGoOnThroughTheShuffledSamples(int stepsPerEpoch)
    {
        Model whole = Create();
        whole.Fit(Fits.Data, epochs: 2, BatchSize, seed: 7);

        Model cut = Create();
        int batches = 0;
        History history = cut.Fit(
            Fits.Data,
            epochs: 2 * BatchesPerPass / stepsPerEpoch,
            BatchSize,
            seed: 7,
            stepsPerEpoch: stepsPerEpoch,
            callbacks: [new LambdaCallback(onBatchEnd: context => batches += context.BatchesPerEpoch == stepsPerEpoch ? 1 : 100)]);

        Assert.Equal(Fits.Weights(whole), Fits.Weights(cut));
        Assert.Equal(2 * BatchesPerPass, batches);
        Assert.Equal(12 / stepsPerEpoch, history["loss"].Count);
    }

    [Fact]
    public void StepsThatDoNotDivideThePassEndInsideIt()
    {
        Model whole = Create();
        whole.Fit(Fits.Data, epochs: 2, BatchSize, seed: 7);

        Model cut = Create();
        Assert.Equal(3, cut.Fit(Fits.Data, epochs: 3, BatchSize, seed: 7, stepsPerEpoch: 4)["loss"].Count);
        Assert.Equal(Fits.Weights(whole), Fits.Weights(cut));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void AnInitialEpochOutsideTheEpochsIsNamed(int initialEpoch)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Create().Fit(Fits.Data, epochs: 2, initialEpoch: initialEpoch));
        Assert.Equal("initialEpoch", error.ParamName);
        Assert.Equal(initialEpoch, error.ActualValue);
    }

    [Fact]
    public void NoStepsAreNamed()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Create().Fit(Fits.Data, stepsPerEpoch: 0));
        Assert.Equal("stepsPerEpoch", error.ParamName);
    }

    private static Model Create()
    {
        Model model = Fits.Model();
        model.Compile(new Adam(0.01f), new MeanSquaredError());
        return model;
    }

    private sealed class TemporaryFile : IDisposable
    {
        public string Path { get; } = System.IO.Path.GetTempFileName();

        public void Dispose() => File.Delete(Path);
    }
}
