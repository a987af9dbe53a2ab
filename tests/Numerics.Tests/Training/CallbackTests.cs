using System.Diagnostics;

namespace Unroll.Numerics.Tests.Training;

/// <summary>What <c>Fit</c> owes its callbacks, however it ends.</summary>
public sealed class CallbackTests
{
    private const int Best = 1;

    /// <summary>The weights of the best epoch come back after a cancellation, a loss that is not finite and an error of the user's.</summary>
    [Theory]
    [InlineData("end")]
    [InlineData("cancel")]
    [InlineData("diverge")]
    [InlineData("throw")]
    public void TheBestWeightsComeBackHoweverFitEnds(string ending)
    {
        Model model = Compiled();
        float[] best = [];
        using var source = new CancellationTokenSource();
        var course = new LambdaCallback(
            onEpochEnd: context =>
            {
                // Worse and worse from the second epoch on.
                best = context.Epoch == Best ? Fits.Weights(context.Model) : best;
                context.Logs.Set("watched", context.Epoch == 0 ? 2f : context.Epoch);
            },
            onBatchEnd: context => End(context, ending, source));
        Exception? exception = Record.Exception(() => model.Fit(
            Fits.Data,
            epochs: 6,
            batchSize: 7,
            callbacks: [course, new EarlyStopping("watched", patience: 100, mode: MonitorMode.Min, restoreBestWeights: true)],
            cancellationToken: source.Token));

        Assert.Equal(
            ending switch
            {
                "cancel" => typeof(OperationCanceledException),
                "diverge" => typeof(NonFiniteException),
                "throw" => typeof(InvalidTimeZoneException),
                _ => null,
            },
            exception?.GetType());
        Assert.NotEmpty(best);
        Assert.Equal(best, Fits.Weights(model));
    }

    /// <summary>As in Keras 3: no batch follows, the epoch ends as any other, and it is the last.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void StopTrainingEndsTheEpochBehindTheBatch(bool atItsBegin)
    {
        int batches = 0, epochs = 0;
        void Stop(TrainingContext context) => context.StopTraining |= context.Batch == 2;
        var stop = new LambdaCallback(onBatchBegin: atItsBegin ? Stop : null, onBatchEnd: atItsBegin ? null : Stop, onEpochEnd: _ => epochs++);
        var count = new LambdaCallback(onBatchEnd: _ => batches++);

        History history = Compiled().Fit(Fits.Data, epochs: 3, batchSize: 1, callbacks: [stop, count]);

        Assert.Equal((3, 1, 1), (batches, epochs, history["loss"].Count));
    }

    [Fact]
    public void StopTrainingEndsAnEndlessStream()
    {
        var stop = new LambdaCallback(onBatchEnd: static context => context.StopTraining = context.Batch == 20);

        Assert.Single(Compiled().Fit(Slow(0), epochs: 3, callbacks: [stop])["loss"]);
    }

    /// <summary>Who has asked for the end before the loss was there has not dealt with the loss.</summary>
    [Fact]
    public void StopTrainingHidesNoLossThatIsNotFinite()
    {
        Model model = Compiled();
        foreach (Parameter parameter in model.Parameters)
        {
            parameter.Assign([.. Enumerable.Repeat(1e30f, parameter.Count)]);
        }

        var stop = new LambdaCallback(onBatchBegin: static context => context.StopTraining = true);

        Assert.Throws<NonFiniteException>(() => model.Fit(Fits.Data, callbacks: [stop]));
        model.Fit(Fits.Data, callbacks: [stop, new TerminateOnNaN()]);
    }

    /// <summary>What a callback throws when training has failed neither takes the place of the failure nor keeps the others from hearing of it.</summary>
    [Fact]
    public void AFailureIsThrownAndHeardOfWhateverACallbackDoes()
    {
        var recorder = new Recorder();
        var thrower = new LambdaCallback(onEpochEnd: static _ => throw new InvalidTimeZoneException("first"));
        Model model = Compiled();
        var warnings = new List<string>();
        model.Warning += (_, warning) => warnings.Add(warning.Message);

        Assert.Equal("first", Assert.Throws<InvalidTimeZoneException>(() => model.Fit(Fits.Data, callbacks: [new FailsAtTheEnd(), thrower, recorder])).Message);

        Assert.Equal(["callbacks[0], a FailsAtTheEnd, threw in OnTrainFailed: second"], warnings);
        Assert.Equal([.. warnings, "first"], recorder.Calls);
    }

    [Fact]
    public void EveryCallbackHearsOfTheEndOnce()
    {
        var recorder = new Recorder();
        Compiled().Fit(Fits.Data, callbacks: [recorder]);
        Assert.Equal(["end"], recorder.Calls);

        recorder.Calls.Clear();
        var thrower = new LambdaCallback(onEpochEnd: _ => throw new InvalidTimeZoneException("at the end of an epoch"));
        Assert.Throws<InvalidTimeZoneException>(() => Compiled().Fit(Fits.Data, callbacks: [thrower, recorder]));
        Assert.Equal(["at the end of an epoch"], recorder.Calls);
    }

    [Fact]
    public void ANullIsNamedBeforeAnythingIsLearnt()
    {
        Model model = Compiled();
        float[] before = Fits.Weights(model);
        ArgumentException error = Assert.Throws<ArgumentException>(() => model.Fit(Fits.Data, callbacks: [new TerminateOnNaN(), null!]));
        Assert.Equal(("callbacks", "callbacks[1] is null. (Parameter 'callbacks')"), (error.ParamName, error.Message));
        Assert.Equal(before, Fits.Weights(model));
    }

    [Fact]
    public void ACallbackThatRemembersIsInOneTrainingAtATime()
    {
        using var folder = new TemporaryFile();
        Callback[] exclusive = [new CsvLogger(folder.Path), new EarlyStopping("loss"), new ReduceLROnPlateau("loss"), new ProgressBar(TextWriter.Null)];
        foreach (Callback callback in exclusive)
        {
            var nested = new LambdaCallback(onEpochBegin: _ => Compiled().Fit(Fits.Data, callbacks: [callback]));
            ArgumentException error = Assert.Throws<ArgumentException>(() => Compiled().Fit(Fits.Data, callbacks: [callback, nested]));
            Assert.StartsWith($"callbacks[0], a {callback.GetType().Name}, takes part in a training that has not ended", error.Message, StringComparison.Ordinal);
            Assert.StartsWith("callbacks[1]", Assert.Throws<ArgumentException>(() => Compiled().Fit(Fits.Data, callbacks: [callback, callback])).Message, StringComparison.Ordinal);

            // After a training, and after one that failed, it takes part in the next.
            Compiled().Fit(Fits.Data, callbacks: [callback]);
        }

        var stateless = new TerminateOnNaN();
        Compiled().Fit(Fits.Data, callbacks: [stateless, new LambdaCallback(onEpochBegin: _ => Compiled().Fit(Fits.Data, callbacks: [stateless]))]);
    }

    /// <summary>Each would write every line once more. Whatever the second path looks like, it is the same file.</summary>
    [Theory]
    [InlineData("log.csv", "log.csv")]
    [InlineData("log.csv", "./folder/../log.csv")]
    [InlineData("log.csv", "link.csv")]
    [InlineData("folder/log.csv", "linked/log.csv")]
    [InlineData("folder/link.csv", "log.csv")]
    public void TwoLoggersOfOneFileAreRefused(string first, string second)
    {
        using var folder = new FolderWithLinks();
        Model model = Compiled();
        float[] before = Fits.Weights(model);
        var logger = new CsvLogger(folder[first]);
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => model.Fit(Fits.Data, callbacks: [logger, new TerminateOnNaN(), new CsvLogger(folder[second])]));
        Assert.Equal(
            ("callbacks", $"callbacks[2], a CsvLogger, writes to {folder[second]}, and callbacks[0] does too: give each a file of its own. (Parameter 'callbacks')"),
            (error.ParamName, error.Message));
        Assert.Equal(before, Fits.Weights(model));
        Assert.False(File.Exists(folder["log.csv"]));

        // Those that were refused take part in the next training.
        model.Fit(Fits.Data, callbacks: [logger, new CsvLogger(folder["other.csv"])]);
        Assert.Equal(File.ReadAllText(folder["other.csv"]), File.ReadAllText(folder[first]));
    }

    /// <summary>A stream is passed over up to where it was interrupted; that may take as long as training did.</summary>
    [Fact]
    public void AResumedStreamIsCancelledAtOnce()
    {
        string directory = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        Compiled().Fit(Slow(0), epochs: 3, stepsPerEpoch: 20, callbacks: [new BackupAndRestore(directory, deleteBackup: false)]);
        using var source = new CancellationTokenSource();

        // A thread of its own: while other tests compile, a timer waits seconds for one of the pool.
        var canceller = new Thread(() =>
        {
            Thread.Sleep(100);
            source.Cancel();
        });
        canceller.Start();
        var clock = Stopwatch.StartNew();
        Assert.Throws<OperationCanceledException>(() => Compiled().Fit(
            Slow(50), epochs: 5, stepsPerEpoch: 20, callbacks: [new BackupAndRestore(directory)], cancellationToken: source.Token));
        canceller.Join();
        Directory.Delete(directory, recursive: true);

        // Passing over all batches takes 3 s.
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 2);
    }

    [Fact]
    public void WarningsGoToTheModelAndToCallbacks()
    {
        Model model = Compiled();
        var told = new List<string>();
        var recorder = new Recorder();
        model.Warning += (sender, warning) => told.Add(sender == model ? warning.Message : "");
        model.Fit(Fits.Data, callbacks: [new LambdaCallback(onEpochBegin: context => context.Warn("Something is odd.")), recorder]);
        Assert.Equal(["Something is odd."], told);
        Assert.Equal(["Something is odd.", "end"], recorder.Calls);
    }

    private static void End(TrainingContext context, string ending, CancellationTokenSource source)
    {
        if (context.Epoch != 4 || context.Batch != 1)
        {
            return;
        }

        switch (ending)
        {
            case "cancel":
                source.Cancel();
                break;
            case "diverge":
                context.LearningRate = 1e30f;
                break;
            case "throw":
                throw new InvalidTimeZoneException();
            default:
                context.StopTraining = true;
                break;
        }
    }

    private sealed class FailsAtTheEnd : Callback
    {
        public override void OnTrainFailed(TrainingContext context, Exception exception) => throw new InvalidOperationException("second");
    }

    private static IEnumerable<Batch> Slow(int milliseconds)
    {
        while (true)
        {
            Thread.Sleep(milliseconds);
            yield return new Batch(Fits.Features, Fits.Targets, Fits.Rows);
        }
    }

    private static Model Compiled()
    {
        Model model = Fits.Model();
        model.Compile(new SGD(0.1f), new MeanSquaredError());
        return model;
    }

    private sealed class Recorder : Callback
    {
        public List<string> Calls { get; } = [];

        public override void OnTrainEnd(TrainingContext context) => Calls.Add("end");

        public override void OnTrainFailed(TrainingContext context, Exception exception) => Calls.Add(exception.Message);

        public override void OnWarning(TrainingContext context, string message) => Calls.Add(message);
    }

    private sealed class TemporaryFile : IDisposable
    {
        public string Path { get; } = System.IO.Path.GetTempFileName();

        public void Dispose() => File.Delete(Path);
    }

    /// <summary>Links to where logs are to be, which are not there yet.</summary>
    private sealed class FolderWithLinks : IDisposable
    {
        private readonly string _root = Directory.CreateTempSubdirectory().FullName;

        public FolderWithLinks()
        {
            Directory.CreateDirectory(this["folder"]);
            Directory.CreateSymbolicLink(this["linked"], "folder");
            File.CreateSymbolicLink(this["link.csv"], "log.csv");
            File.CreateSymbolicLink(this["folder/link.csv"], "../log.csv");
        }

        public string this[string name] => Path.Combine(_root, name);

        public void Dispose() => Directory.Delete(_root, recursive: true);
    }
}
