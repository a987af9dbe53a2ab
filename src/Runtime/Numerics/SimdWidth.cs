using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Unroll.Numerics;

/// <summary>The one place of the runtime that says which vector width is in use: the widest the processor has.</summary>
/// <remarks>
/// The JIT folds these properties to constants, so a loop that asks <see cref="Is512"/>, then <see cref="Is256"/>, and takes
/// <see cref="Simd128"/> otherwise, is compiled for one width only.
/// </remarks>
internal static class SimdWidth
{
    public static bool Is512 => Vector512.IsHardwareAccelerated;

    public static bool Is256 => !Vector512.IsHardwareAccelerated && Vector256.IsHardwareAccelerated;

    /// <summary>How many floats one vector holds: 16, 8 or 4.</summary>
    public static int Floats
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Is512 ? 16 : Is256 ? 8 : 4;
    }

    /// <summary>Its width in bits: 512, 256 or 128.</summary>
    public static int Bits => Floats * 8 * sizeof(float);
}
