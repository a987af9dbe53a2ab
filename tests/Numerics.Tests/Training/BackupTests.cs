namespace Unroll.Numerics.Tests.Training;

/// <summary>A training that was interrupted and goes on ends with the bits of one that was not.</summary>
public sealed class BackupTests : InterruptedTraining
{
    public static TheoryData<string> Optimizers => ["momentum", "adam", "amsgrad", "ema", "scheduled"];

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
        Assert.False(Directory.Exists(Folder));
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
            Endless(), epochs: 6, initialEpoch: 1, stepsPerEpoch: 4, callbacks: [new BackupAndRestore(Folder), Interruption(3, 2)]));
        Model resumed = Create("adam", seed: 99);
        History history = resumed.Fit(Endless(), epochs: 6, initialEpoch: 1, stepsPerEpoch: 4, callbacks: [new BackupAndRestore(Folder)]);
        AssertSame(new Run(whole, expected), new Run(resumed, history));
    }

    [Fact]
    public void AStopThatWasDecidedStands()
    {
        Callback stop = new LambdaCallback(
            onEpochEnd: static context => context.StopTraining = context.Epoch == 2,
            onTrainEnd: static _ => throw new InterruptedException());
        Assert.Throws<InterruptedException>(() => Create("adam").Fit(Fits.Data, Epochs, callbacks: [stop, new BackupAndRestore(Folder)]));
        History history = Create("adam").Fit(Fits.Data, Epochs, callbacks: [new BackupAndRestore(Folder)]);
        Assert.Equal(3, history["loss"].Count);
    }

    [Fact]
    public void ABackupThatStaysEndsTheSameFitAndServesALongerOne()
    {
        Callback keep = new BackupAndRestore(Folder, deleteBackup: false);
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
}
