using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Unroll;

/// <summary>Copies the values of a sample.</summary>
internal static class RowCopy
{
    // The call of a copy takes longer than copying a few numbers.
    private const int Few = 16;

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

        // The first vector and the last, which may meet in the middle: no loop, whatever the length.
        if (count >= (nuint)Vector256<float>.Count)
        {
            nuint last = count - (nuint)Vector256<float>.Count;
            Vector256<float> end = Vector256.LoadUnsafe(ref source, last);
            Vector256.LoadUnsafe(ref source).StoreUnsafe(ref target);
            end.StoreUnsafe(ref target, last);
        }
        else if (count >= (nuint)Vector128<float>.Count)
        {
            nuint last = count - (nuint)Vector128<float>.Count;
            Vector128<float> end = Vector128.LoadUnsafe(ref source, last);
            Vector128.LoadUnsafe(ref source).StoreUnsafe(ref target);
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
