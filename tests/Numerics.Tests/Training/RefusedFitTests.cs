namespace Unroll.Numerics.Tests.Training;

/// <summary>A <c>Fit</c> that is refused at its start, or ends in its first batch, leaves nothing behind that a whole one would not.</summary>
public sealed class RefusedFitTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A callback that has not begun holds what it remembers of an earlier training, maybe of another model.</summary>
    [Fact]
    public void OnlyCallbacksThatHaveBegunHearOfTheFailure()
    {
        var stopping = new EarlyStopping("loss", patience: 9, restoreBestWeights: true);
        var (before, behind) = (new Recorder(), new Recorder());
        Compiled().Fit(Fits.Data, epochs: 3, callbacks: [stopping]);
        Model model = Compiled(seed: 2);
        float[] weights = Fits.Weights(model);

        var thrower = new LambdaCallback(onTrainBegin: static _ => throw new InvalidTimeZoneException("first"));
        Assert.Throws<InvalidTimeZoneException>(() => model.Fit(Fits.Data, callbacks: [before, thrower, stopping, behind]));

        Assert.Equal(weights, Fits.Weights(model));
        Assert.Equal(["begin", "failed"], before.Calls);
        Assert.Empty(behind.Calls);
    }

    [Fact]
    public void ACallbackThatCannotBeginLeavesTheModelAsItIs()
    {
        Model model = Compiled(metrics: new Named("watched"));
        var stopping = new EarlyStopping("mean_absolute_error", patience: 9, restoreBestWeights: true);
        model.Compile(new SGD(0.1f), new MeanSquaredError(), new MeanAbsoluteError());
        model.Fit(Fits.Data, epochs: 2, callbacks: [stopping]);
        model.Compile(new SGD(0.1f), new MeanSquaredError(), new Named("mean_absolute_error"));
        model.Fit(Fits.Data, epochs: 5);
        float[] weights = Fits.Weights(model);

        Assert.Throws<ArgumentException>(() => model.Fit(Fits.Data, callbacks: [stopping]));

        Assert.Equal(weights, Fits.Weights(model));
    }

    [Fact]
    public void AWarningBeforeACallbackHasBegunWaitsForIt()
    {
        var recorder = new Recorder();
        var first = new LambdaCallback(onTrainBegin: static context => context.Warn("early"));
        var last = new LambdaCallback(onTrainBegin: static context => context.Warn("late"));
        Model model = Compiled();
        List<string> heard = [];
        model.Warning += (_, warning) => heard.Add(warning.Message);

        model.Fit(Fits.Data, callbacks: [first, recorder, last]);

        Assert.Equal(["early", "late"], heard);
        Assert.Equal(["begin", "early", "late", "end"], recorder.Calls);
    }

    [Fact]
    public void WhoHearsOfAWarningAsItBeginsMayWarn()
    {
        var recorder = new Recorder();
        var first = new LambdaCallback(onTrainBegin: static context => context.Warn("one"));

        Compiled().Fit(Fits.Data, callbacks: [first, new Answering(), recorder]);

        Assert.Equal(["begin", "one", "two", "end"], recorder.Calls);
    }

    /// <summary>What listens to warnings may fail, and the caller still hears what has ended the training.</summary>
    [Fact]
    public void AListenerThatThrowsReplacesNoFailure()
    {
        Model model = Compiled();
        model.Warning += static (_, _) => throw new InvalidOperationException("third");
        var recorder = new Recorder();
        var thrower = new LambdaCallback(onEpochEnd: static _ => throw new InvalidTimeZoneException("first"));

        Assert.Throws<InvalidTimeZoneException>(() => model.Fit(Fits.Data, callbacks: [new FailsAtTheEnd(), thrower, recorder]));

        Assert.Equal(["begin", "failed"], recorder.Calls);
    }

    [Fact]
    public void AnEpochThatFailsInItsFirstBatchHasAllNames()
    {
        Model model = Compiled(metrics: new MeanAbsoluteError());
        var diverge = new LambdaCallback(onEpochBegin: static context =>
        {
            if (context.Epoch == 2)
            {
                foreach (Parameter parameter in context.Model.Parameters)
                {
                    parameter.Assign([.. Enumerable.Repeat(1e30f, parameter.Count)]);
                }
            }
        });

        History history = model.Fit(Fits.Data, epochs: 5, validation: Fits.Data, callbacks: [diverge, new TerminateOnNaN()]);

        Assert.Equal(["loss", "mean_absolute_error", "val_loss", "val_mean_absolute_error"], history.Keys);
        Assert.All(history.Values, static values => Assert.Equal(3, values.Count));
    }

    [Fact]
    public void ABackupWithOtherMetricsIsRefused()
    {
        var backup = new BackupAndRestore(_folder, deleteBackup: false);
        Compiled(metrics: new MeanAbsoluteError()).Fit(Fits.Data, epochs: 2, callbacks: [backup]);

        string message = Assert.Throws<InvalidDataException>(
            () => Compiled(metrics: new RootMeanSquaredError()).Fit(Fits.Data, epochs: 4, callbacks: [backup])).Message;

        Assert.Contains("its metrics is 'mean_absolute_error', not 'root_mean_squared_error'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void TwoBackupsInOneFolderAreRefused() => Assert.Contains(
        "give each a file of its own",
        Assert.Throws<ArgumentException>(
            () => Compiled().Fit(Fits.Data, callbacks: [new BackupAndRestore(_folder), new BackupAndRestore(_folder)])).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("epoch")]
    [InlineData("learning_rate")]
    public void ANameThatCallbacksWriteIsNoMetrics(string name) => Assert.Contains(
        $"A metric cannot be named '{name}'", Assert.Throws<ArgumentException>(() => Compiled(metrics: new Named(name))).Message, StringComparison.Ordinal);

    [Fact]
    public void AStateOfACallbackHasEachNameOnce() => Assert.Contains(
        "has 'twice' already",
        Assert.Throws<ArgumentException>(() => Compiled().Fit(Fits.Data, callbacks: [new BackupAndRestore(_folder), new Repeating()])).Message,
        StringComparison.Ordinal);

    [Fact]
    public void AnOptimizerHasNoNegativeNumberOfSlots() => Assert.Contains(
        "has -1 slots", Assert.Throws<ArgumentException>(() => Fits.Model().Compile(new WithoutSlots(), new MeanSquaredError())).Message, StringComparison.Ordinal);

    private static Model Compiled(int seed = 1, params Metric[] metrics)
    {
        Model model = Fits.Model(seed);
        model.Compile(new SGD(0.1f), new MeanSquaredError(), metrics);
        return model;
    }

    private sealed class FailsAtTheEnd : Callback
    {
        public override void OnTrainFailed(TrainingContext context, Exception exception) => throw new InvalidOperationException("second");
    }

    private sealed class Repeating : Callback
    {
        public override void CaptureState(CallbackState state)
        {
            state.Add("twice", 1f);
            state.Add("twice", 2f);
        }
    }

    private sealed class WithoutSlots() : Optimizer(0.1f)
    {
        public override string Name => "without_slots";

        public override int SlotCount => -1;

        public override void Update(in OptimizerStep step) => throw new NotSupportedException();
    }

    private sealed class Recorder : Callback
    {
        public List<string> Calls { get; } = [];

        public override void OnTrainBegin(TrainingContext context) => Calls.Add("begin");

        public override void OnTrainEnd(TrainingContext context) => Calls.Add("end");

        public override void OnTrainFailed(TrainingContext context, Exception exception) => Calls.Add("failed");

        public override void OnWarning(TrainingContext context, string message) => Calls.Add(message);
    }

    private sealed class Answering : Callback
    {
        public override void OnWarning(TrainingContext context, string message)
        {
            if (message == "one")
            {
                context.Warn("two");
            }
        }
    }

    /// <summary>A metric of a name, of which is not known whether more is better.</summary>
    private sealed class Named(string name) : Metric
    {
        protected override string DefaultName => name;

        public override float Result => 0f;

        public override bool? HigherIsBetter => null;

        public override void Reset()
        {
        }

        public override void Update(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, float weight = 1f)
        {
        }
    }
}
