using Unroll.Compiled;
using Unroll.Memory;

namespace Unroll.Running;

/// <summary>How many samples of a batch a training step has in memory at a time.</summary>
/// <remarks>
/// Few enough that what they take stays near a core; so many that the way through all gradients, which sums over some more samples cost each
/// time, is worth it, and that every thread has its share. Sums go through the samples in order whether all are there or not, so this number
/// changes no bit of them.
/// </remarks>
internal static class BatchFold
{
    // 1.25 MiB, of a second-level cache of 1 to 2 MiB.
    private const int NearFloats = 320 * 1024;

    // The blocks, and samples, that are always worth a way through the gradients.
    private const int LeastBlocks = 16;
    private const int LeastSamples = 96;

    // A thread passes over a kernel from an outer cache for so many samples.
    private const int LeastOfAThread = 48;

    // Samples whose vectors sums add up by themselves, where a block is not shorter: the generator's BufferPlan.NearSamples.
    private const int Partial = 32;

    /// <summary>The samples that there is to be room for; all of the batch where the network needs them at once.</summary>
    /// <param name="network">What is trained.</param>
    /// <param name="batch">The largest batch.</param>
    /// <param name="threads">How many threads may share it.</param>
    public static int RoomFor(NetworkDescription network, int batch, int threads)
    {
        if (network.KeepsBatch)
        {
            return batch;
        }

        int block = network.BlockSamples;
        int floats = Math.Max(1, network.TrainingSampleFloats);
        int most = Arena.MostFloats / floats;
        long samples = Math.Max(NearFloats / floats, Math.Min(LeastBlocks * block, LeastSamples));
        samples = Math.Min(Math.Max(samples, (long)threads * Math.Min(LeastOfAThread, block)), most);
        int unit = Math.Min(block, Partial);
        samples = Math.Max(samples / unit * unit, unit);

        // Neither is a small rest worth a way of its own, nor what two blocks hold.
        return batch <= most && (2L * batch <= 3 * samples || batch <= 2 * block) ? batch : (int)samples;
    }
}
