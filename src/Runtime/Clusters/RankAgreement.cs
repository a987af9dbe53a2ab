using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Unroll.Clusters;

/// <summary>Whether something has the same bits on all ranks.</summary>
internal static class RankAgreement
{
    public static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    public static byte[] HashOf(ReadOnlySpan<float> values) => SHA256.HashData(MemoryMarshal.AsBytes(values));

    /// <summary>Refuses, on every rank, a hash that is not that of rank 0.</summary>
    /// <param name="cluster">The ranks.</param>
    /// <param name="hash">What this rank has.</param>
    /// <param name="fault">What a difference means, up to the ranks where it is.</param>
    /// <exception cref="ClusterException">A rank has another.</exception>
    public static void Require(ITrainingCluster cluster, ReadOnlySpan<byte> hash, string fault)
    {
        Span<byte> first = stackalloc byte[SHA256.HashSizeInBytes];
        hash.CopyTo(first);
        cluster.Broadcast(first);
        double[] others = new double[cluster.Size];
        others[cluster.Rank] = hash.SequenceEqual(first) ? 0 : 1;
        cluster.AllReduce(others);
        if (others.Any(static other => other != 0))
        {
            IEnumerable<int> ranks = Enumerable.Range(0, cluster.Size).Where(rank => others[rank] != 0);
            throw new ClusterException($"{fault} rank {string.Join(", ", ranks)}.");
        }
    }
}
