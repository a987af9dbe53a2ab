namespace Unroll.Benchmarks;

/// <summary>One of the calls that make up a kernel's work on a batch.</summary>
/// <param name="Samples">How many samples it takes.</param>
/// <param name="Block">The block they are.</param>
/// <param name="First">The first row of a result without samples, or of each image.</param>
/// <param name="Last">The row behind the last.</param>
/// <param name="Part">The part of a result without samples.</param>
internal readonly record struct KernelCall(int Samples, int Block = 0, int First = 0, int Last = 0, int Part = 0);
