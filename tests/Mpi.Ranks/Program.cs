using System.Globalization;
using Unroll;
using Unroll.Mpi;
using Unroll.Mpi.Ranks;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
using var cluster = MpiCluster.Start();
return args switch
{
    ["train"] => Train(cluster),
    ["fail"] => Fail(cluster),
    ["long", string folder] => TrainLong(cluster, folder, epochs: 1_000_000),
    ["resume", string folder, string epochs] => TrainLong(cluster, folder, int.Parse(epochs)),
    _ => throw new ArgumentException("Expected train, fail, long FOLDER or resume FOLDER EPOCHS."),
};

static int Train(MpiCluster cluster)
{
    // The runtime of .NET must still be told of its own faults.
    string? missing = Environment.GetEnvironmentVariable("A variable that is not set");
    bool catches = false;
    try
    {
        _ = missing!.Length;
    }
    catch (NullReferenceException)
    {
        catches = true;
    }

    Dataset data = Trial.Data();
    Classifier model = Trial.Model(seed: 1 + cluster.Rank);
    FitOptions options = Trial.Options(cluster) with { Validation = Trial.Data(seed: 5).Take(40).Shard(cluster.Rank, cluster.Size) };
    History history = model.Fit(data.Shard(cluster.Rank, cluster.Size), options);
    Console.WriteLine(
        $"rank {cluster.Rank} of {cluster.Size} {cluster.Implementation} {Trial.HashOf(model)} {history["loss"][^1]:R} "
        + $"{history["accuracy"][^1]:R} {history["val_loss"][^1]:R} {history["val_accuracy"][^1]:R} {catches}");
    return 0;
}

static int Fail(MpiCluster cluster)
{
    var fault = new LambdaCallback(onBatchEnd: context =>
    {
        if (cluster.Rank == 1 && context is { Epoch: 1, Batch: 1 })
        {
            throw new InvalidOperationException("A fault of rank 1.");
        }
    });
    try
    {
        Trial.Model(seed: 1).Fit(Trial.Data().Shard(cluster.Rank, cluster.Size), Trial.Options(cluster) with { Callbacks = [fault] });
    }
    catch (Exception exception)
    {
        Console.WriteLine($"rank {cluster.Rank}: {exception.GetType().Name}: {exception.Message}");
    }

    return 0;
}

static int TrainLong(MpiCluster cluster, string folder, int epochs)
{
    Console.WriteLine($"process {cluster.Rank} {Environment.ProcessId}");
    var progress = new LambdaCallback(onEpochEnd: context =>
    {
        if (cluster.Rank == 0)
        {
            Console.WriteLine($"epoch {context.Epoch}");
        }
    });
    Classifier model = Trial.Model(seed: 1);
    FitOptions options = Trial.Options(cluster) with { Epochs = epochs, Callbacks = [new BackupAndRestore(folder, deleteBackup: false), progress] };
    model.Fit(Trial.Data().Shard(cluster.Rank, cluster.Size), options);
    Console.WriteLine($"done {cluster.Rank} {Trial.HashOf(model)}");
    return 0;
}
