namespace Unroll.Numerics.Tests.Training;

/// <summary>What callbacks remember and write outlives an interruption.</summary>
public sealed class BackupCallbackTests : InterruptedTraining
{
    [Fact]
    public void WhatCallbacksRememberComesBack()
    {
        // The rate falls every second epoch without enough improvement; the best weights are those of an early epoch.
        static Callback[] Create() =>
            [new ReduceLROnPlateau(factor: 0.5f, patience: 2, minDelta: 1f), new EarlyStopping(patience: 6, minDelta: 1f, restoreBestWeights: true)];

        Model whole = InterruptedTraining.Create("momentum");
        Callback[] callbacks = Create();
        History expected = whole.Fit(Fits.Data, 20, batchSize: 7, validation: Fits.Data, callbacks: callbacks);
        Assert.InRange(expected["loss"].Count, 6, 19);

        Assert.Throws<InterruptedException>(() => InterruptedTraining.Create("momentum").Fit(
            Fits.Data, 20, batchSize: 7, validation: Fits.Data, callbacks: [new BackupAndRestore(Folder), .. Create(), Interruption(5, 1)]));
        Model resumed = InterruptedTraining.Create("momentum", seed: 99);
        Callback[] later = Create();
        History history = resumed.Fit(
            Fits.Data, 20, batchSize: 7, validation: Fits.Data, callbacks: [new ProgressBar(TextWriter.Null), .. later, new BackupAndRestore(Folder)]);

        AssertSame(new Run(whole, expected), new Run(resumed, history));
        Assert.Equal(((EarlyStopping)callbacks[1]).StoppedEpoch, ((EarlyStopping)later[1]).StoppedEpoch);
        Assert.Equal(((EarlyStopping)callbacks[1]).BestEpoch, ((EarlyStopping)later[1]).BestEpoch);
    }

    /// <summary>Interrupted in the first epoch, in a later one, and between the log's line and the backup that counts it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ALogHasEachEpochOnce(bool append)
    {
        string log = Folder + ".csv";
        try
        {
            File.WriteAllText(log, "epoch,loss\n7,1\n");
            Callback[] Logged(params Callback[] others) => [new CsvLogger(log, append: append), .. others, new BackupAndRestore(Folder)];
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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ALogHasEachEpochOnceWhereverTrainingWasInterrupted(bool append)
    {
        string log = Folder + ".csv";
        try
        {
            for (int interruption = 1; interruption <= 3; interruption++)
            {
                // Behind the logger and before the backup, at one more epoch each time.
                Callback[] callbacks = [new CsvLogger(log, append: append), AfterEpoch(interruption), new BackupAndRestore(Folder)];
                Assert.Throws<InterruptedException>(() => Create("adam").Fit(Fits.Data, 5, batchSize: 7, callbacks: callbacks));
            }

            History history = Create("adam").Fit(Fits.Data, 5, batchSize: 7, callbacks: [new BackupAndRestore(Folder), new CsvLogger(log, append: append)]);
            string expected = Folder + ".expected.csv";
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
            Fits.Data, Epochs, batchSize: 7, callbacks: [new BackupAndRestore(Folder), first, Interruption(epoch: 3, batch: 1)]));
        var second = new Counting();
        Create("adam").Fit(Fits.Data, Epochs, batchSize: 7, callbacks: [second, new BackupAndRestore(Folder)]);

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
}
