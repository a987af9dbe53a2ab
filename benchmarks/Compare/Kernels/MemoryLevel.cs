namespace Unroll.Benchmarks;

/// <summary>How fast one level of the memory is.</summary>
/// <param name="Name">Which.</param>
/// <param name="Bytes">What it holds.</param>
/// <param name="Read">Bytes a second, read.</param>
/// <param name="Triad">Bytes a second, two streams read and one written.</param>
internal sealed record MemoryLevel(string Name, long Bytes, double Read, double Triad);
