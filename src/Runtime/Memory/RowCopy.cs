using System.Runtime.CompilerServices;

namespace Unroll;

/// <summary>Copies the values of a sample.</summary>
internal static class RowCopy
{
    // The call of a copy takes longer than copying a few numbers.
    private const int Few = 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(ReadOnlySpan<float> from, Span<float> to)
    {
        if (from.Length > Few)
        {
            from.CopyTo(to);
            return;
        }

        for (int i = 0; i < from.Length; i++)
        {
            to[i] = from[i];
        }
    }
}
