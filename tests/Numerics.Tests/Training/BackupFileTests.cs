namespace Unroll.Numerics.Tests.Training;

/// <summary>The file of a backup: links to it stay, and one of another training is refused and leaves the model as it was.</summary>
public sealed class BackupFileTests : InterruptedTraining
{
    [Fact]
    public void LinksToTheBackupAndItsDirectoryStay()
    {
        string real = Directory.CreateTempSubdirectory("unroll-").FullName;
        try
        {
            Directory.CreateSymbolicLink(Folder, real);
            string file = Path.Combine(real, "elsewhere");
            File.CreateSymbolicLink(Path.Combine(real, "training.safetensors"), "elsewhere");
            Callback look = new LambdaCallback(onBatchEnd: _ => Assert.True(File.Exists(file)));
            Create("adam").Fit(Fits.Data, callbacks: [new BackupAndRestore(Folder), look]);
            Assert.False(File.Exists(file));
            Assert.Equal([Path.Combine(real, "training.safetensors")], Directory.GetFileSystemEntries(real));
            File.Delete(Path.Combine(real, "training.safetensors"));

            Create("adam").Fit(Fits.Data, callbacks: [new BackupAndRestore(Folder)]);
            Assert.NotNull(new DirectoryInfo(Folder).LinkTarget);
        }
        finally
        {
            File.Delete(Folder);
            Directory.Delete(real, recursive: true);
        }
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

        string file = Directory.EnumerateFiles(Folder).Single();
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
                data, Epochs, batchSize, validation: validation, callbacks: [new BackupAndRestore(Folder)])).Message;
            Assert.Contains(message, refusal, StringComparison.Ordinal);
            Assert.Equal(before, Fits.Weights(model));
        }
    }

    private void AssertRefused(string message, Model model, Dataset data)
    {
        var error = Assert.Throws<InvalidDataException>(() => model.Fit(data, callbacks: [new BackupAndRestore(Folder)]));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
