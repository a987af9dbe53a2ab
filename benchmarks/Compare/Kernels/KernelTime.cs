namespace Unroll.Benchmarks;

/// <summary>What was measured of a kernel at one width.</summary>
/// <param name="Name">The kernel.</param>
/// <param name="Batch">Samples.</param>
/// <param name="Microseconds">Median time of all of them.</param>
/// <param name="MultiplyAdds">How many it does.</param>
/// <param name="Bytes">What it must read and write at least once.</param>
/// <param name="Peak">The median over the turns of the peak, multiply-adds a second.</param>
/// <param name="ShareOfPeak">The median over the turns of its multiply-adds a second ÷ the peak's of the same turn.</param>
/// <param name="Target">What that share is to be; null where no target is set.</param>
/// <param name="ProcessorShare">The share of the processor that this process had meanwhile.</param>
internal sealed record KernelTime(
    string Name, int Batch, double Microseconds, long MultiplyAdds, long Bytes, double Peak, double ShareOfPeak, double? Target, double ProcessorShare);
