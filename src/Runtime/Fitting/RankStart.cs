using System.Globalization;
using System.Runtime.InteropServices;
using Unroll.Clusters;
using Unroll.Serialization;

namespace Unroll.Fitting;

/// <summary>Gives all ranks what rank 0 begins with: parameters, the optimizer's state, seed, epoch, history, and what callbacks remember.</summary>
internal static class RankStart
{
    private const string Name = "what rank 0 begins with";

    // Each rank has its own samples.
    private const string AnyData = "";

    /// <exception cref="ClusterException">The ranks train different networks, or in different ways.</exception>
    public static void Begin(RankGroup ranks, FitState state, FitProgress progress)
    {
        ranks.RequireSame(
            Describe(state),
            "The ranks do not train the same: network, optimizer, loss, metrics, number of epochs and whether there is a validation must be those of rank 0, but are not on");
        Share(ranks.Cluster, state, progress);
    }

    private static void Share(ITrainingCluster cluster, FitState state, FitProgress progress)
    {
        using var stream = new MemoryStream();
        if (cluster.Rank == 0)
        {
            TrainingBackup.Write(stream, state, progress, AnyData);
        }

        long length = stream.Length;
        cluster.Broadcast(MemoryMarshal.AsBytes(new Span<long>(ref length)));
        byte[] bytes = cluster.Rank == 0 ? stream.GetBuffer() : new byte[length];
        cluster.Broadcast(bytes.AsSpan(0, (int)length));
        if (cluster.Rank != 0)
        {
            using SafetensorsReader reader = SafetensorsReader.Open(new MemoryStream(bytes), Name);
            TrainingBackup.Restore(reader, Name, state, progress, AnyData);
        }
    }

    /// <summary>What must be the same for a training to be one.</summary>
    private static string Describe(FitState state)
    {
        IEnumerable<string> parameters = state.Instance.Network.Parameters.Select(static parameter =>
            $"{parameter.Name} [{string.Join(", ", parameter.Shape)}] at {parameter.Offset}");
        IEnumerable<string> goals = state.Instance.Goals.Select(static goal =>
            $"{goal.Loss.Name} {goal.Weight} {string.Join(", ", goal.MetricNames)}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{string.Join("; ", parameters)}; {state.Instance.Optimizer!.Name}; {string.Join("; ", goals)}; {state.Epochs} {state.Validation is not null}");
    }
}
