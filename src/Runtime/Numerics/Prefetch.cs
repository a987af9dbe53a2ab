using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Unroll.Numerics;

/// <summary>Asks for memory before it is needed.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Prefetch
{
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
}
