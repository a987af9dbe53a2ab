using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Unroll.Numerics;

namespace Unroll;

/// <summary>What a network gave for some samples, a vector each, and the targets.</summary>
public readonly ref struct OutputRows
{
    private readonly ref readonly float _first;

    internal OutputRows(ref readonly float first)
    {
        _first = ref first;
    }

    /// <summary>How many vectors.</summary>
    public int Count { get; internal init; }

    /// <summary>The values of a vector.</summary>
    public int Columns { get; internal init; }

    /// <summary>The first value of the first vector.</summary>
    internal ref readonly float First => ref _first;

    /// <summary>The same rounded up to a multiple of 16. What that adds may be read; behind a softmax it is zero.</summary>
    internal int Padded => Panels.Padded(Columns);

    /// <summary>From one vector to the next, a multiple of 16.</summary>
    internal int Stride { get; init; }

    /// <summary>One after another.</summary>
    internal ReadOnlySpan<float> Targets { get; init; }

    /// <summary>For each vector 1, or 0 where it does not count; empty where all count.</summary>
    internal ReadOnlySpan<float> Mask { get; init; }

    /// <summary>The values of a target.</summary>
    internal int TargetColumns { get; init; }

    /// <summary>A vector, as the network gave it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such vector.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<float> Output(int row)
    {
        Require(row);
        return MemoryMarshal.CreateReadOnlySpan(in Unsafe.Add(ref Unsafe.AsRef(in _first), row * Stride), Columns);
    }

    /// <summary>Its target.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such vector.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<float> Target(int row) => Targets.Slice(row * TargetColumns, TargetColumns);

    /// <summary>Whether a vector counts.</summary>
    internal bool Counts(int row) => Mask.IsEmpty || Mask[row] != 0f;

    /// <summary>Whoever derives from <see cref="Loss"/> or <see cref="Metric"/> asks for rows, and none may lie outside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Require(int row)
    {
        if ((uint)row >= (uint)Count)
        {
            ThrowNoRow(row, Count);
        }
    }

    [DoesNotReturn]
    private static void ThrowNoRow(int row, int count) =>
        throw new ArgumentOutOfRangeException(nameof(row), row, $"There are {count} rows, counted from 0.");
}
