namespace Unroll.Benchmarks;

/// <summary>What a process measured at one width.</summary>
/// <param name="Bits">The width.</param>
/// <param name="Peak">Multiply-adds a second at most: the median of those beside each kernel.</param>
/// <param name="Levels">Memory, the nearest level first.</param>
/// <param name="Kernels">Kernels alone.</param>
/// <param name="Step">A whole training step.</param>
internal sealed record WidthResult(
    int Bits, double Peak, IReadOnlyList<MemoryLevel> Levels, IReadOnlyList<KernelTime> Kernels, KernelTime Step);
