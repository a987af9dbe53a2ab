using System.Runtime.InteropServices;
using Unroll.Serialization;

namespace Unroll;

/// <summary>Gives all ranks what rank 0 begins with: parameters, the optimizer's state, seed, epoch, history, and what callbacks remember.</summary>
internal static class RankStart
{
    private const string Name = "what rank 0 begins with";

    // Each rank has its own samples.
    private const string AnyData = "";

    public static void Share(ITrainingCluster cluster, TrainingContext context, FitProgress progress)
    {
        using var stream = new MemoryStream();
        if (cluster.Rank == 0)
        {
            TrainingBackup.Write(stream, context, progress, AnyData);
        }

        long length = stream.Length;
        cluster.Broadcast(MemoryMarshal.AsBytes(new Span<long>(ref length)));
        byte[] bytes = cluster.Rank == 0 ? stream.GetBuffer() : new byte[length];
        cluster.Broadcast(bytes.AsSpan(0, (int)length));
        if (cluster.Rank != 0)
        {
            using SafetensorsReader reader = SafetensorsReader.Open(new MemoryStream(bytes), Name);
            TrainingBackup.Restore(reader, Name, context, progress, AnyData);
        }
    }
}
