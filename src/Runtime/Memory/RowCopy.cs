using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Unroll.Memory;

/// <summary>Copies the values of samples.</summary>
/// <remarks>
/// A few values go in two blocks, one from the first value on and one up to the last, which may overlap: the call of a copy takes longer.
/// </remarks>
internal static class RowCopy
{
    /// <summary>Copies a part of some rows into places of equal distance.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="rowSize">The length of a row.</param>
    /// <param name="order">The rows to copy.</param>
    /// <param name="offset">Where in a row the part begins.</param>
    /// <param name="size">Its length.</param>
    /// <param name="places">Begins with the first place.</param>
    /// <param name="stride">From one place to the next.</param>
    /// <exception cref="ArgumentOutOfRangeException">A row is not there, or <paramref name="places"/> is too short.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gather(
        ReadOnlySpan<float> rows, int rowSize, ReadOnlySpan<int> order, int offset, int size, Span<float> places, int stride)
    {
        if (order.IsEmpty)
        {
            return;
        }

        ref float target = ref MemoryMarshal.GetReference(places[..(((order.Length - 1) * stride) + size)]);
        switch (size)
        {
            case 1:
                Gather<float>(rows[offset..], rowSize, order, size, ref target, stride);
                break;
            case > 1 and < 4:
                Gather<Vector64<float>>(rows[offset..], rowSize, order, size, ref target, stride);
                break;
            case >= 4 and < 8:
                Gather<Vector128<float>>(rows[offset..], rowSize, order, size, ref target, stride);
                break;
            case >= 8 and < 16:
                Gather<Vector256<float>>(rows[offset..], rowSize, order, size, ref target, stride);
                break;
            case >= 16 and <= 32:
                Gather<Vector512<float>>(rows[offset..], rowSize, order, size, ref target, stride);
                break;
            default:
                for (int i = 0; i < order.Length; i++)
                {
                    rows.Slice((order[i] * rowSize) + offset, size).CopyTo(places.Slice(i * stride, size));
                }

                break;
        }
    }

    /// <exception cref="ArgumentException"><paramref name="to"/> is shorter than <paramref name="from"/>.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(ReadOnlySpan<float> from, Span<float> to)
    {
        ref float source = ref MemoryMarshal.GetReference(from);
        ref float target = ref MemoryMarshal.GetReference(to[..from.Length]);
        switch (from.Length)
        {
            case 1:
                target = source;
                break;
            case > 1 and < 4:
                Copy<Vector64<float>>(ref source, ref target, from.Length);
                break;
            case >= 4 and < 8:
                Copy<Vector128<float>>(ref source, ref target, from.Length);
                break;
            case >= 8 and <= 16:
                Copy<Vector256<float>>(ref source, ref target, from.Length);
                break;
            default:
                from.CopyTo(to);
                break;
        }
    }

    // A look at each span would take longer than the values. Not inlined: the JIT compiler then sees only the sizes that a network has.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Gather<TBlock>(ReadOnlySpan<float> rows, int rowSize, ReadOnlySpan<int> order, int size, ref float target, int stride)
        where TBlock : struct
    {
        ref float first = ref MemoryMarshal.GetReference(rows);
        ulong starts = (ulong)Math.Max(0, rows.Length - (size - 1));
        foreach (int row in order)
        {
            long start = (long)row * rowSize;
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)start, starts, nameof(order));
            Copy<TBlock>(ref Unsafe.Add(ref first, (nint)start), ref target, size);
            target = ref Unsafe.Add(ref target, stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy<TBlock>(ref float source, ref float target, int size)
        where TBlock : struct
    {
        int last = size - (Unsafe.SizeOf<TBlock>() / sizeof(float));
        TBlock head = Unsafe.ReadUnaligned<TBlock>(ref Unsafe.As<float, byte>(ref source));
        TBlock end = Unsafe.ReadUnaligned<TBlock>(ref Unsafe.As<float, byte>(ref Unsafe.Add(ref source, last)));
        Unsafe.WriteUnaligned(ref Unsafe.As<float, byte>(ref target), head);
        Unsafe.WriteUnaligned(ref Unsafe.As<float, byte>(ref Unsafe.Add(ref target, last)), end);
    }
}
