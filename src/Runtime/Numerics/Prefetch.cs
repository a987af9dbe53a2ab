using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Unroll.Numerics;

/// <summary>Asks for memory before it is needed.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Prefetch
{
    private const nuint FloatsALine = 16;

    /// <summary>
    /// Brings the cache line of <paramref name="value"/> into the nearest cache while the program goes on. It reads nothing, so any address
    /// will do; where the processor has no such instruction, nothing happens.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Near(ref readonly float value)
    {
        if (Sse.IsSupported)
        {
            // A pointer to what may move is no danger here: it is never read.
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.AsRef(in value)));
        }
    }

    /// <summary>The same for the first <paramref name="columns"/> values of <paramref name="rows"/> rows.</summary>
    /// <param name="first">The first value of the first row.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="stride">Values from one row to the next.</param>
    /// <param name="columns">Values of a row; a line holds sixteen.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows(ref readonly float first, nuint rows, nuint stride, nuint columns)
    {
        for (nuint row = 0; row < rows; row++)
        {
            for (nuint column = 0; column < columns; column += FloatsALine)
            {
                Near(in Unsafe.Add(ref Unsafe.AsRef(in first), (row * stride) + column));
            }
        }
    }
}
