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
        for (int i = 0; i < order.Length; i++)
        {
            Copy(rows.Slice((order[i] * rowSize) + offset, size), places.Slice(i * stride, size));
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

        ref float source = ref MemoryMarshal.GetReference(from);
        ref float target = ref MemoryMarshal.GetReference(to[..from.Length]);
        nuint count = (nuint)from.Length;

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
