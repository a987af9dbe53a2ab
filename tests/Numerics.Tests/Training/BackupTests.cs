namespace Unroll.Numerics.Tests.Training;

/// <summary>A training that was interrupted and goes on ends with the bits of one that was not.</summary>
public sealed class BackupTests : IDisposable
{
    private const int Epochs = 8;

    private readonly string _directory = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public static TheoryData<string> Optimizers => ["momentum", "adam", "amsgrad", "ema", "scheduled"];

    public void Dispose()
    {
        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void ANewProcessGoesOn(string optimizer)
    {
        Run expected = Whole(optimizer);
        Interrupt(Create(optimizer), epoch: 5, batch: 2);

        // Another seed: nothing of the new model but its class matters.
        Run resumed = Finish(Create(optimizer, seed: 99), out int epochs);
        AssertSame(expected, resumed);
        Assert.Equal(3, epochs);
        Assert.False(Directory.Exists(_directory));
    }

    [Fact]
    public void TheSameModelGoesOn()
    {
        Model model = Create("adam");
        Interrupt(model, epoch: 3, batch: 1);
        AssertSame(Whole("adam"), Finish(model, out _));
    }

    [Fact]
    public void AnInterruptionInTheFirstEpochBeginsAnew()
    {
        Model model = Create("adam");
        Interrupt(model, epoch: 0, batch: 3);
        AssertSame(Whole("adam"), Finish(model, out int epochs));
        Assert.Equal(Epochs, epochs);
    }

    [Fact]
    public void TwoInterruptionsAreNoMore()
    {
        Interrupt(Create("adam"), epoch: 2, batch: 0);
        Interrupt(Create("adam", seed: 99), epoch: 6, batch: 3);
        AssertSame(Whole("adam"), Finish(Create("adam", seed: 98), out int epochs));
        Assert.Equal(2, epochs);
    }

    [Fact]
    public void CancellationIsAnInterruption()
    {
        using var cancellation = new CancellationTokenSource();
        Callback cancel = new LambdaCallback(onBatchEnd: context => Cancel(context.Epoch == 4));
        Assert.Throws<OperationCanceledException>(() => Create("adam").Fit(
            Fits.Data, Epochs, batchSize: 7, validation: Fits.Data, callbacks: [.. Callbacks(), cancel], cancellationToken: cancellation.Token));
        AssertSame(Whole("adam"), Finish(Create("adam", seed: 99), out _));

        void Cancel(bool now)
        {
            if (now)
            {
                cancellation.Cancel();
            }
        }
    }

    [Fact]
    public void WhatCallbacksRememberComesBack()
    {
        // The rate falls every second epoch without enough improvement; the best weights are those of an early epoch.
        static Callback[] Create() =>
            [new ReduceLROnPlateau(factor: 0.5f, patience: 2, minDelta: 1f), new EarlyStopping(patience: 6, minDelta: 1f, restoreBestWeights: true)];

        Model whole = BackupTests.Create("momentum");
        Callback[] callbacks = Create();
        History expected = whole.Fit(Fits.Data, 20, batchSize: 7, validation: Fits.Data, callbacks: callbacks);
        Assert.InRange(expected["loss"].Count, 6, 19);

        Assert.Throws<InterruptedException>(() => BackupTests.Create("momentum").Fit(
            Fits.Data, 20, batchSize: 7, validation: Fits.Data, callbacks: [new BackupAndRestore(_directory), .. Create(), Interruption(5, 1)]));
        Model resumed = BackupTests.Create("momentum", seed: 99);
        Callback[] later = Create();
        History history = resumed.Fit(
            Fits.Data, 20, batchSize: 7, validation: Fits.Data, callbacks: [new ProgressBar(TextWriter.Null), .. later, new BackupAndRestore(_directory)]);

        AssertSame(new Run(whole, expected), new Run(resumed, history));
        Assert.Equal(((EarlyStopping)callbacks[1]).StoppedEpoch, ((EarlyStopping)later[1]).StoppedEpoch);
        Assert.Equal(((EarlyStopping)callbacks[1]).BestEpoch, ((EarlyStopping)later[1]).BestEpoch);
    }

    [Fact]
    public void AStreamIsTakenUpWhereItWas()
    {
        static IEnumerable<Batch> Endless()
        {
            for (int first = 0; ; first = (first + 3) % Fits.Rows)
            {
                int count = Math.Min(3, Fits.Rows - first);
                Dataset rows = Fits.Data.Skip(first).Take(count);
                yield return new Batch(rows.Features.ToArray(), rows.Targets.ToArray(), count);
            }
        }

        Model whole = Create("adam");
        History expected = whole.Fit(Endless(), epochs: 6, initialEpoch: 1, stepsPerEpoch: 4);
        Assert.Throws<InterruptedException>(() => Create("adam").Fit(
            Endless(), epochs: 6, initialEpoch: 1, stepsPerEpoch: 4, callbacks: [new BackupAndRestore(_directory), Interruption(3, 2)]));
        Model resumed = Create("adam", seed: 99);
        History history = resumed.Fit(Endless(), epochs: 6, initialEpoch: 1, stepsPerEpoch: 4, callbacks: [new BackupAndRestore(_directory)]);
        AssertSame(new Run(whole, expected), new Run(resumed, history));
    }

    /// <summary>Interrupted in the first epoch, in a later one, and between the log's line and the backup that counts it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ALogHasEachEpochOnce(bool append)
    {
        string log = _directory + ".csv";
        try
        {
            File.WriteAllText(log, "epoch,loss\n7,1\n");
            Callback[] Logged(params Callback[] others) => [new CsvLogger(log, append: append), .. others, new BackupAndRestore(_directory)];
            Callback late = new LambdaCallback(onEpochEnd: static context => _ = context.Epoch == 4 ? throw new InterruptedException() : 0);
            foreach (Callback interruption in new[] { Interruption(0, 1), Interruption(2, 1), late })
            {
                Assert.Throws<InterruptedException>(() => Create("adam").Fit(Fits.Data, Epochs, batchSize: 7, callbacks: Logged(interruption)));
            }

            History history = Create("adam").Fit(Fits.Data, Epochs, batchSize: 7, callbacks: Logged());

            string[] expected = [.. history["loss"].Select(static (loss, epoch) => FormattableString.Invariant($"{epoch},{loss}"))];
            string[] lines = File.ReadAllLines(log);
            Assert.Equal(append ? ["epoch,loss", "7,1"] : ["epoch,loss,mean_absolute_error"], lines[..^Epochs]);
            Assert.Equal(expected, lines[^Epochs..].Select(static line => string.Join(',', line.Split(',')[..2])));
        }
        finally
        {
            File.Delete(log);
        }
    }

    [Fact]
    public void LinksToTheBackupAndItsDirectoryStay()
    {
        string real = Directory.CreateTempSubdirectory("unroll-").FullName;
        try
        {
            Directory.CreateSymbolicLink(_directory, real);
            string file = Path.Combine(real, "elsewhere");
            File.CreateSymbolicLink(Path.Combine(real, "training.safetensors"), "elsewhere");
            Callback look = new LambdaCallback(onBatchEnd: _ => Assert.True(File.Exists(file)));
            Create("adam").Fit(Fits.Data, callbacks: [new BackupAndRestore(_directory), look]);
            Assert.False(File.Exists(file));
            Assert.Equal([Path.Combine(real, "training.safetensors")], Directory.GetFileSystemEntries(real));
            File.Delete(Path.Combine(real, "training.safetensors"));

            Create("adam").Fit(Fits.Data, callbacks: [new BackupAndRestore(_directory)]);
            Assert.NotNull(new DirectoryInfo(_directory).LinkTarget);
        }
        finally
        {
            File.Delete(_directory);
            Directory.Delete(real, recursive: true);
        }
    }

    [Fact]
    public void AStopThatWasDecidedStands()
    {
        Callback stop = new LambdaCallback(
            onEpochEnd: static context => context.StopTraining = context.Epoch == 2,
            onTrainEnd: static _ => throw new InterruptedException());
        Assert.Throws<InterruptedException>(() => Create("adam").Fit(Fits.Data, Epochs, callbacks: [stop, new BackupAndRestore(_directory)]));
        History history = Create("adam").Fit(Fits.Data, Epochs, callbacks: [new BackupAndRestore(_directory)]);
        Assert.Equal(3, history["loss"].Count);
    }

    [Fact]
    public void ABackupThatStaysEndsTheSameFitAndServesALongerOne()
    {
        Callback keep = new BackupAndRestore(_directory, deleteBackup: false);
        Model model = Create("adam");
        model.Fit(Fits.Data, epochs: 4, batchSize: 7, callbacks: [keep]);
        float[] weights = Fits.Weights(model);
        History history = model.Fit(Fits.Data, epochs: 4, batchSize: 7, callbacks: [keep]);
        Assert.Equal(weights, Fits.Weights(model));
        Assert.Equal(4, history["loss"].Count);

        model.Fit(Fits.Data, Epochs, batchSize: 7, validation: null, callbacks: [keep]);
        Model whole = Create("adam");
        whole.Fit(Fits.Data, Epochs, batchSize: 7);
        Assert.Equal(Fits.Weights(whole), Fits.Weights(model));
    }

    [Fact]
    public void ABackupOfAnotherTrainingIsRefused()
    {
        Interrupt(Create("adam"), epoch: 2, batch: 0);
        AssertRefused("its optimizer is 'adam', not 'sgd'", Create("momentum"), Fits.Data);
        Model other = Fits.Ranked();
        other.Compile(new Adam(), new MeanSquaredError());
        AssertRefused("'model/dense1/kernel' must be [5, 3], but is [5, 8]", other, new Dataset(new float[10], new float[6], 1));
        AssertRefused("'slot2/dense1/kernel' [5, 8] is missing", Create("amsgrad"), Fits.Data);

        string file = Directory.EnumerateFiles(_directory).Single();
        Create("adam").Save(file);
        AssertRefused("is no backup of a training: it has no 'epoch'", Create("adam"), Fits.Data);
        File.WriteAllBytes(file, [1, 2, 3]);
        Model model = Create("adam");
        float[] before = Fits.Weights(model);
        AssertRefused("training.safetensors", model, Fits.Data);
        Assert.Equal(before, Fits.Weights(model));
        Assert.Throws<ArgumentException>(() => new BackupAndRestore(""));
    }

    [Fact]
    public void OtherDataLossOrLearningRateIsRefused()
    {
        Interrupt(Create("adam"), epoch: 3, batch: 0);
        float[] features = [.. Fits.Features];
        features[17] += 1f;
        AssertOther("its data is '28 samples of 5 features and 3 targets (", Create("adam"), new Dataset(features, Fits.Targets, Fits.Rows), Fits.Data);
        AssertOther("its data is", Create("adam"), Fits.Data, new Dataset(features, Fits.Targets, Fits.Rows));
        AssertOther("validation", Create("adam"), Fits.Data, null);
        AssertOther("batches of 7 an epoch", Create("adam"), Fits.Data, Fits.Data, batchSize: 8);

        Model other = Create("adam");
        other.Compile(new Adam(0.01f), new MeanAbsoluteError(), new MeanSquaredError());
        AssertOther("its loss is 'mean_squared_error', not 'mean_absolute_error'. Delete the backup", other, Fits.Data, Fits.Data);
        other.Compile(new Adam(0.02f), new MeanSquaredError(), new MeanAbsoluteError());
        AssertOther("its learning rate setting is '0.01', not '0.02'", other, Fits.Data, Fits.Data);
        other.Compile(new Adam(new ExponentialDecay(0.01f, 5, 0.5f)), new MeanSquaredError(), new MeanAbsoluteError());
        AssertOther("not 'ExponentialDecay 0.01, ", other, Fits.Data, Fits.Data);

        AssertSame(Whole("adam"), Finish(Create("adam", seed: 99), out _));

        void AssertOther(string message, Model model, Dataset data, Dataset? validation, int batchSize = 7)
        {
            float[] before = Fits.Weights(model);
            string refusal = Assert.Throws<InvalidDataException>(() => model.Fit(
                data, Epochs, batchSize, validation: validation, callbacks: [new BackupAndRestore(_directory)])).Message;
            Assert.Contains(message, refusal, StringComparison.Ordinal);
            Assert.Equal(before, Fits.Weights(model));
        }
    }

    private void AssertRefused(string message, Model model, Dataset data)
    {
        var error = Assert.Throws<InvalidDataException>(() => model.Fit(data, callbacks: [new BackupAndRestore(_directory)]));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private Callback[] Callbacks() => [new BackupAndRestore(_directory), new LearningRateScheduler(static (epoch, rate) => epoch == 1 ? rate / 2 : rate)];

    private void Interrupt(Model model, int epoch, int batch)
    {
        Callback[] callbacks = model.Optimizer!.Schedule is null ? Callbacks() : Callbacks()[..1];
        Assert.Throws<InterruptedException>(() => model.Fit(
            Fits.Data, Epochs, batchSize: 7, validation: Fits.Data, callbacks: [.. callbacks, Interruption(epoch, batch)]));
        Assert.Single(Directory.EnumerateFiles(_directory));
    }

    private Run Finish(Model model, out int epochs)
    {
        int count = 0;
        Callback counter = new LambdaCallback(onEpochEnd: _ => count++);
        Callback[] callbacks = model.Optimizer!.Schedule is null ? Callbacks() : Callbacks()[..1];
        History history = model.Fit(Fits.Data, Epochs, batchSize: 7, validation: Fits.Data, callbacks: [.. callbacks, counter]);
        epochs = count;
        return new Run(model, history);
    }

    private Run Whole(string optimizer)
    {
        Model model = Create(optimizer);
        Callback[] callbacks = model.Optimizer!.Schedule is null ? Callbacks()[1..] : [];
        return new Run(model, model.Fit(Fits.Data, Epochs, batchSize: 7, validation: Fits.Data, callbacks: callbacks));
    }

    private static Model Create(string optimizer, int seed = 1)
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

    private static LambdaCallback Interruption(int epoch, int batch) => new(onBatchEnd: context =>
    {
        if (context.Epoch == epoch && context.Batch == batch)
        {
            throw new InterruptedException();
        }
    });

    private static void AssertSame(Run expected, Run actual)
    {
        Assert.Equal(Fits.Weights(expected.Model), Fits.Weights(actual.Model));
        Assert.Equal(expected.Model.OptimizerState!.LearningRate, actual.Model.OptimizerState!.LearningRate);
        Assert.Equal(expected.Model.OptimizerState!.Iteration, actual.Model.OptimizerState!.Iteration);
        Assert.Equal(expected.History.Keys, actual.History.Keys);
        Assert.All(expected.History.Keys, key => Assert.Equal(expected.History[key], actual.History[key]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ALogHasEachEpochOnceWhereverTrainingWasInterrupted(bool append)
    {
        string log = _directory + ".csv";
        try
        {
            for (int interruption = 1; interruption <= 3; interruption++)
            {
                // Behind the logger and before the backup, at one more epoch each time.
                Callback[] callbacks = [new CsvLogger(log, append: append), AfterEpoch(interruption), new BackupAndRestore(_directory)];
                Assert.Throws<InterruptedException>(() => Create("adam").Fit(Fits.Data, 5, batchSize: 7, callbacks: callbacks));
            }

            History history = Create("adam").Fit(Fits.Data, 5, batchSize: 7, callbacks: [new BackupAndRestore(_directory), new CsvLogger(log, append: append)]);
            string expected = _directory + ".expected.csv";
            history.SaveCsv(expected);
            Assert.Equal(File.ReadAllText(expected), File.ReadAllText(log));
            File.Delete(expected);
        }
        finally
        {
            File.Delete(log);
        }
    }

    [Fact]
    public void WhatACallbackOfTheUsersRemembersComesBack()
    {
        var first = new Counting();
        Assert.Throws<InterruptedException>(() => Create("adam").Fit(
            Fits.Data, Epochs, batchSize: 7, callbacks: [new BackupAndRestore(_directory), first, Interruption(epoch: 3, batch: 1)]));
        var second = new Counting();
        Create("adam").Fit(Fits.Data, Epochs, batchSize: 7, callbacks: [second, new BackupAndRestore(_directory)]);

        Assert.Equal((3, Epochs), (first.Epochs, second.Epochs));
        Assert.Equal(second.Losses, Enumerable.Range(0, Epochs).Select(i => second.History!["loss"][i]));
    }

    private static LambdaCallback AfterEpoch(int epoch) => new(onEpochEnd: context =>
    {
        if (context.Epoch == epoch)
        {
            throw new InterruptedException();
        }
    });

    private sealed class Counting : Callback
    {
        public List<float> Losses { get; } = [];

        public int Epochs { get; private set; }

        public History? History { get; private set; }

        public override void OnEpochEnd(TrainingContext context)
        {
            Epochs++;
            Losses.Add(context.Logs["loss"]);
            History = context.History;
        }

        public override void CaptureState(CallbackState state)
        {
            state.Add("epochs", Epochs);
            state.Add("losses", Losses.Count == 0 ? null : [.. Losses]);
        }

        public override void RestoreState(TrainingContext context, CallbackState state)
        {
            Epochs = (int)state.Number("epochs");
            Losses.AddRange(state.Values("losses", Epochs) ?? []);
        }
    }

    private sealed record Run(Model Model, History History);

    private sealed class InterruptedException : Exception;
}
