using System.Reflection;

namespace Unroll.Numerics.Tests.Training;

/// <summary><c>Fit</c> by options, and beside other work.</summary>
public sealed class FitOptionsTests
{
    [Fact]
    public void OptionsAreTheArgumentsOfTheShortCall()
    {
        ParameterInfo[] arguments = [.. typeof(Model).GetMethods()
            .Single(static method => method.Name == nameof(Model.Fit) && method.GetParameters() is [{ Name: "training" } data, { Name: "epochs" }, ..]
                && data.ParameterType == typeof(Dataset))
            .GetParameters()[1..]
            .Where(static argument => argument.ParameterType != typeof(CancellationToken))];
        var defaults = new FitOptions();
        // Whoever trains on several processes writes the long form.
        PropertyInfo[] options = [.. typeof(FitOptions).GetProperties().Where(static option => option.Name != nameof(FitOptions.Cluster))];
        Assert.Equal(arguments.Select(static argument => argument.Name!.ToUpperInvariant()).Order(), options.Select(static option => option.Name.ToUpperInvariant()).Order());
        Assert.All(arguments, argument => Assert.Equal(
            argument.DefaultValue, options.Single(option => option.Name.Equals(argument.Name, StringComparison.OrdinalIgnoreCase)).GetValue(defaults)));
    }

    [Fact]
    public void BothCallsTrainAlike()
    {
        Model brief = Compiled();
        History expected = brief.Fit(
            Fits.Data, 5, 7, validationSplit: 0.25f, shuffle: false, seed: 3, initialEpoch: 1, stepsPerEpoch: 2, callbacks: [new ReduceLROnPlateau("loss", patience: 0)], threads: 1);
        Model full = Compiled();
        History actual = full.Fit(Fits.Data, new FitOptions
        {
            Epochs = 5,
            BatchSize = 7,
            ValidationSplit = 0.25f,
            Shuffle = false,
            Seed = 3,
            InitialEpoch = 1,
            StepsPerEpoch = 2,
            Callbacks = [new ReduceLROnPlateau("loss", patience: 0)],
            Threads = 1,
        });
        AssertSame(expected, actual);
        Assert.Equal(Fits.Weights(brief), Fits.Weights(full));
    }

    [Fact]
    public void OptionsServeSequencesToo()
    {
        Model brief = Compiled();
        History expected = brief.Fit(Batches, 2, validation: Fits.Data, seed: 3);
        Model full = Compiled();
        AssertSame(expected, full.Fit(Batches, new FitOptions { Epochs = 2, Validation = Fits.Data, Seed = 3 }));
        Assert.Equal(Fits.Weights(brief), Fits.Weights(full));

        Assert.Contains(
            "validationSplit", Assert.Throws<ArgumentOutOfRangeException>(() => full.Fit(Batches, new FitOptions { ValidationSplit = 0.1f })).Message, StringComparison.Ordinal);
        Assert.Equal("options", Assert.Throws<ArgumentNullException>(() => full.Fit(Fits.Data, (FitOptions)null!)).ParamName);
    }

    [Fact]
    public async Task AllOfAnAsynchronousFitRunsOnOneThreadOfItsOwn()
    {
        Model expected = Compiled();
        History history = expected.Fit(Fits.Data, epochs: 3, batchSize: 7, seed: 3);
        Model model = Compiled();
        var threads = new HashSet<int>();
        var record = new LambdaCallback(onBatchEnd: _ => threads.Add(Environment.CurrentManagedThreadId));
        AssertSame(history, await model.FitAsync(
            Fits.Data, new FitOptions { Epochs = 3, BatchSize = 7, Seed = 3, Callbacks = [record] }, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(Fits.Weights(expected), Fits.Weights(model));
        Assert.NotEqual(Environment.CurrentManagedThreadId, Assert.Single(threads));
    }

    [Fact]
    public async Task ProgressTellsOfEveryEpoch()
    {
        var reports = new Reports();
        History history = await Compiled().FitAsync(
            Fits.Data, new FitOptions { Epochs = 3, BatchSize = 7, Validation = Fits.Data }, reports, TestContext.Current.CancellationToken);
        TrainingProgress[] ends = [.. reports.Values.Where(static report => report.IsEndOfEpoch)];
        Assert.Equal([0, 1, 2], ends.Select(static end => end.Epoch));
        Assert.Equal(history["val_loss"], ends.Select(static end => end.Logs["val_loss"]));
        Assert.All(ends, static end => Assert.Equal((3, 4, 4), (end.Epochs, end.Batches, end.BatchesPerEpoch)));
        Assert.Equal([1 / 3.0, 2 / 3.0, 1], ends.Select(static end => end.Fraction));
    }

    [Fact]
    public async Task CancellationAndErrorsAreTheTasks()
    {
        using var source = new CancellationTokenSource();
        Model model = Compiled();
        Task<History> cancelled = model.FitAsync(
            Fits.Data, new FitOptions { Epochs = 1000, Callbacks = [new LambdaCallback(onEpochEnd: _ => source.Cancel())] }, cancellationToken: source.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.True(cancelled.IsCanceled);
        Assert.Single(model.History!["loss"]);

        Task<History> failed = model.FitAsync(Fits.Data, new FitOptions { Epochs = -1 }, cancellationToken: TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => failed);
        Assert.True(failed.IsFaulted);
    }

    [Fact]
    public async Task AnAsynchronousSequenceIsWaitedFor()
    {
        Model expected = Compiled();
        History history = expected.Fit(Batches, epochs: 2, seed: 3);
        Model model = Compiled();
        var sequence = new Delayed();
        AssertSame(history, await model.FitAsync(
            sequence.Batches(TestContext.Current.CancellationToken), new FitOptions { Epochs = 2, Seed = 3 }, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(Fits.Weights(expected), Fits.Weights(model));
        Assert.Equal((2, 2), (sequence.Begun, sequence.Ended));
    }

    [Fact]
    public async Task AnEvaluationWaitsForASequenceToo()
    {
        Model model = Compiled();
        var sequence = new Delayed();
        EvaluationResult actual = await model.EvaluateAsync(sequence.Batches(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        Assert.Equal(model.Evaluate(Batches).Loss, actual.Loss);
        Assert.Equal((1, 1), (sequence.Begun, sequence.Ended));
    }

    /// <summary>Who waits for data that do not come can be told to stop.</summary>
    [Fact]
    public async Task ASequenceIsGivenTheToken()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Compiled().FitAsync(Silent(), cancellationToken: source.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Compiled().EvaluateAsync(Silent(), source.Token));
    }

    private static async IAsyncEnumerable<Batch> Silent([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.Delay(TimeSpan.FromMinutes(5), cancellationToken);
        yield break;
    }

    private static IEnumerable<Batch> Batches => Enumerable.Range(0, 4).Select(static i => new Batch(
        Fits.Features.AsMemory(i * 7 * Fits.Inputs, 7 * Fits.Inputs), Fits.Targets.AsMemory(i * 7 * Fits.Outputs, 7 * Fits.Outputs), 7));

    private static void AssertSame(History expected, History actual)
    {
        Assert.Equal(expected.Keys, actual.Keys);
        Assert.All(expected, pair => Assert.Equal(pair.Value, actual[pair.Key]));
    }

    private static Model Compiled()
    {
        Model model = Fits.Model();
        model.Compile(new SGD(0.1f), new MeanSquaredError());
        return model;
    }

    private sealed class Reports : IProgress<TrainingProgress>
    {
        public List<TrainingProgress> Values { get; } = [];

        public void Report(TrainingProgress value) => Values.Add(value);
    }

    private sealed class Delayed
    {
        public int Begun { get; private set; }

        public int Ended { get; private set; }

        public async IAsyncEnumerable<Batch> Batches([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            Begun++;
            try
            {
                foreach (Batch batch in FitOptionsTests.Batches)
                {
                    await Task.Delay(1, cancellationToken);
                    yield return batch;
                }
            }
            finally
            {
                Ended++;
            }
        }
    }
}
