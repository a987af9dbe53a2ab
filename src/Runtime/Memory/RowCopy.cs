using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Unroll;

/// <summary>Copies the values of a sample.</summary>
internal static class RowCopy
{
    // The call of a copy takes longer than copying a few numbers.
    private const int Few = 16;

    /// <summary>Copies a part of some rows into places of equal distance.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="rowSize">The length of a row.</param>
    /// <param name="order">The rows to copy.</param>
    /// <param name="offset">Where in a row the part begins.</param>
    /// <param name="size">Its length.</param>
    /// <param name="places">Begins with the first place.</param>
    /// <param name="stride">From one place to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gather(
        ReadOnlySpan<float> rows, int rowSize, ReadOnlySpan<int> order, int offset, int size, Span<float> places, int stride)
    {
        if (size > Few)
        {
            for (int i = 0; i < order.Length; i++)
            {
                Copy(rows.Slice((order[i] * rowSize) + offset, size), places.Slice(i * stride, size));
            }
        }
        else if (order.Length > 0)
        {
            GatherFew(rows[offset..], rowSize, order, size, ref MemoryMarshal.GetReference(places[..(((order.Length - 1) * stride) + size)]), stride);
        }
    }

    // A look at each span would take longer than the numbers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void GatherFew(ReadOnlySpan<float> rows, int rowSize, ReadOnlySpan<int> order, int size, ref float target, int stride)
    {
        ref float first = ref MemoryMarshal.GetReference(rows[..^(size - 1)]);
        long starts = rows.Length - (size - 1);
        foreach (int row in order)
        {
            long start = (long)row * rowSize;
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)start, (ulong)starts, nameof(order));
            CopyFew(ref Unsafe.Add(ref first, (nint)start), ref target, (nuint)size);
            target = ref Unsafe.Add(ref target, stride);
        }
    }

    /// <exception cref="ArgumentException"><paramref name="to"/> is shorter than <paramref name="from"/>.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(ReadOnlySpan<float> from, Span<float> to)
    {
        if (from.Length > Few)
        {
            from.CopyTo(to);
            return;
        }

        CopyFew(ref MemoryMarshal.GetReference(from), ref MemoryMarshal.GetReference(to[..from.Length]), (nuint)from.Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyFew(ref float source, ref float target, nuint count)
    {
        if (count >= (nuint)Vector128<float>.Count)
        {
            // Whole vectors from the first on, and a last one that may overlap them.
            nuint last = count - (nuint)Vector128<float>.Count;
            Vector128<float> end = Vector128.LoadUnsafe(ref source, last);
            for (nuint i = 0; i < last; i += (nuint)Vector128<float>.Count)
            {
                Vector128.LoadUnsafe(ref source, i).StoreUnsafe(ref target, i);
            }

            end.StoreUnsafe(ref target, last);
        }
        else
        {
            for (nuint i = 0; i < count; i++)
            {
                Unsafe.Add(ref target, i) = Unsafe.Add(ref source, i);
            }
        }
    }
}
