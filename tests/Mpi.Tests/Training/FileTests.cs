using Unroll.Mpi.Ranks;

namespace Unroll.Mpi.Tests.Training;

/// <summary>What is written, and by whom; and how a training of several ranks goes on.</summary>
public sealed class FileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("unroll-mpi-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void OnlyRankZeroWrites()
    {
        LocalCluster.Run(3, cluster =>
        {
            string own = Path.Combine(_folder.FullName, $"rank{cluster.Rank}");
            var output = new StringWriter();
            Trial.Model(seed: 1).Fit(Trial.Data().Shard(cluster.Rank, 3), Trial.Options(cluster) with
            {
                Callbacks =
                [
                    new ModelCheckpoint(Path.Combine(own, "{epoch}.safetensors")),
                    new BackupAndRestore(Path.Combine(own, "backup"), deleteBackup: false),
                    new CsvLogger(Path.Combine(Directory.CreateDirectory(own).FullName, "log.csv")),
                    new ProgressBar(output),
                ],
            });
            return output.ToString().Length > 0;
        }).Select(static (outcome, rank) => (outcome.Result, rank)).ToList().ForEach(static pair => Assert.Equal(pair.rank == 0, pair.Result));

        Assert.Equal(
            ["1.safetensors", "2.safetensors", "3.safetensors", "backup", "log.csv"],
            Directory.EnumerateFileSystemEntries(Path.Combine(_folder.FullName, "rank0")).Select(Path.GetFileName).Order());
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_folder.FullName, "rank1")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_folder.FullName, "rank2")));
    }

    [Fact]
    public void ATrainingThatWasInterruptedEndsWithTheBitsOfOneThatWasNot()
    {
        string[] whole = Train(folder: null, interruptedAfter: null);
        string backup = Path.Combine(_folder.FullName, "backup");
        Train(backup, interruptedAfter: 2);

        Assert.True(File.Exists(Path.Combine(backup, "training.safetensors")));
        Assert.Equal(whole, Train(backup, interruptedAfter: null));
    }

    private static string[] Train(string? folder, int? interruptedAfter)
    {
        LocalCluster.Outcome<string>[] outcomes = LocalCluster.Run(2, cluster =>
        {
            Classifier model = Trial.Model(seed: 1 + cluster.Rank);
            var interruption = new LambdaCallback(onEpochBegin: context =>
            {
                if (context.Epoch == interruptedAfter)
                {
                    throw new OperationCanceledException();
                }
            });
            Callback[] callbacks = folder is null
                ? [new ReduceLROnPlateau(monitor: "loss", patience: 1)]
                : [new ReduceLROnPlateau(monitor: "loss", patience: 1), new BackupAndRestore(folder), interruption];
            History history = model.Fit(
                Trial.Data().Shard(cluster.Rank, 2), Trial.Options(cluster) with { Epochs = 4, Callbacks = callbacks });
            return $"{Trial.HashOf(model)} {string.Join(", ", history["loss"])}";
        });
        return interruptedAfter is null ? [.. outcomes.Select(static outcome => outcome.Result)] : [];
    }
}
