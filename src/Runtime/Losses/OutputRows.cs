using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Unroll.Numerics;

namespace Unroll;

/// <summary>Output vectors that lie at a fixed distance, and their targets.</summary>
internal readonly ref struct OutputRows(ref readonly float first)
{
    private readonly ref readonly float _first = ref first;

    /// <summary>The first value of the first vector.</summary>
    public ref readonly float First => ref _first;

    /// <summary>How many vectors.</summary>
    public required int Count { get; init; }

    /// <summary>The values of a vector.</summary>
    public required int Columns { get; init; }

    /// <summary>The same rounded up to a multiple of 16. What that adds may be read; behind a softmax it is zero.</summary>
    public int Padded => Panels.Padded(Columns);

    /// <summary>From one vector to the next, a multiple of 16.</summary>
    public required int Stride { get; init; }

    /// <summary>One after another.</summary>
    public required ReadOnlySpan<float> Targets { get; init; }

    /// <summary>For each vector 1, or 0 where it does not count; empty where all count.</summary>
    public ReadOnlySpan<float> Mask { get; init; }

    /// <summary>The values of a target.</summary>
    public required int TargetColumns { get; init; }

    /// <summary>Whether a vector counts.</summary>
    public bool Counts(int row) => Mask.IsEmpty || Mask[row] != 0f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<float> Output(int row) =>
        MemoryMarshal.CreateReadOnlySpan(in Unsafe.Add(ref Unsafe.AsRef(in _first), row * Stride), Columns);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<float> Target(int row) => Targets.Slice(row * TargetColumns, TargetColumns);
}
