namespace Unroll.Numerics.Tests.Training;

/// <summary>What trainings that are interrupted and taken up again have in common.</summary>
public abstract class InterruptedTraining : IDisposable
{
    private protected const int Epochs = 8;

    private protected string Folder { get; } = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private protected Callback[] Callbacks() => [new BackupAndRestore(Folder), new LearningRateScheduler(static (epoch, rate) => epoch == 1 ? rate / 2 : rate)];

    private protected void Interrupt(Model model, int epoch, int batch)
    {
        Callback[] callbacks = model.Instance.Optimizer!.Schedule is null ? Callbacks() : Callbacks()[..1];
        Assert.Throws<InterruptedException>(() => model.Fit(
            Fits.Data, Epochs, batchSize: 7, validation: Fits.Data, callbacks: [.. callbacks, Interruption(epoch, batch)]));
        Assert.Single(Directory.EnumerateFiles(Folder));
    }

    private protected Run Finish(Model model, out int epochs)
    {
        int count = 0;
        Callback counter = new LambdaCallback(onEpochEnd: _ => count++);
        Callback[] callbacks = model.Instance.Optimizer!.Schedule is null ? Callbacks() : Callbacks()[..1];
        History history = model.Fit(Fits.Data, Epochs, batchSize: 7, validation: Fits.Data, callbacks: [.. callbacks, counter]);
        epochs = count;
        return new Run(model, history);
    }

    private protected Run Whole(string optimizer)
    {
        Model model = Create(optimizer);
        Callback[] callbacks = model.Instance.Optimizer!.Schedule is null ? Callbacks()[1..] : [];
        return new Run(model, model.Fit(Fits.Data, Epochs, batchSize: 7, validation: Fits.Data, callbacks: callbacks));
    }

    private protected static Model Create(string optimizer, int seed = 1)
    {
        Model model = Fits.Model(seed);
        model.Compile(
            optimizer switch
            {
                "momentum" => new SGD(0.1f, momentum: 0.9f),
                "amsgrad" => new Adam(amsgrad: true),
                "ema" => new Adam { UseEma = true, EmaOverwriteFrequency = 7 },
                "scheduled" => new Adam(new ExponentialDecay(0.1f, 5, 0.5f)),
                _ => new Adam(0.01f),
            },
            new MeanSquaredError(),
            new MeanAbsoluteError());
        return model;
    }

    private protected static LambdaCallback Interruption(int epoch, int batch) => new(onBatchEnd: context =>
    {
        if (context.Epoch == epoch && context.Batch == batch)
        {
            throw new InterruptedException();
        }
    });

    private protected static void AssertSame(Run expected, Run actual)
    {
        Assert.Equal(Fits.Weights(expected.Model), Fits.Weights(actual.Model));
        Assert.Equal(expected.Model.Instance.OptimizerState!.LearningRate, actual.Model.Instance.OptimizerState!.LearningRate);
        Assert.Equal(expected.Model.Instance.OptimizerState!.Iteration, actual.Model.Instance.OptimizerState!.Iteration);
        Assert.Equal(expected.History.Keys, actual.History.Keys);
        Assert.All(expected.History.Keys, key => Assert.Equal(expected.History[key], actual.History[key]));
    }

    private protected sealed record Run(Model Model, History History);

    private protected sealed class InterruptedException : Exception;
}
