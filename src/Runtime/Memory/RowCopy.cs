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
