using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Unroll.Numerics;

/// <summary>
/// Kernels whose numbers are rounded to the upper half of a float (bfloat16), to nearest, ties to even. In pairs, panels of 16 columns have two
/// rows in each row of 32-bit lanes, the first in their lower halves: a load brings both, and one instruction makes either floats.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RoundedKernel
{
    private const int Width = Panels.Width;
    private const uint Upper = 0xFFFF_0000;

    /// <summary>Rounds a kernel, whose numbers stay floats.</summary>
    /// <param name="w">The numbers.</param>
    /// <param name="y">Receives as many.</param>
    /// <param name="floats">Whole panels of them.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Round(ref float w, ref float y, int floats)
    {
        ref uint source = ref Unsafe.As<float, uint>(ref w);
        ref uint target = ref Unsafe.As<float, uint>(ref y);
        for (nuint i = 0; i < (nuint)floats; i += (nuint)Vector128<uint>.Count)
        {
            (Rounded(Vector128.LoadUnsafe(ref source, i)) & Vector128.Create(Upper)).StoreUnsafe(ref target, i);
        }
    }

    /// <summary>Rounds a kernel into pairs. An odd last row stands beside zeros.</summary>
    /// <param name="w">[inputs, units] as [units/16][inputs][16].</param>
    /// <param name="y">Receives [units/16][⌈inputs/2⌉][16] lanes.</param>
    /// <param name="inputs">Rows of w.</param>
    /// <param name="units">Columns of w.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RoundPairs(ref float w, ref float y, int inputs, int units)
    {
        ref uint source = ref Unsafe.As<float, uint>(ref w);
        ref uint pairs = ref Unsafe.As<float, uint>(ref y);
        for (int panel = 0; panel < units; panel += Width)
        {
            for (int row = 0; row < inputs; row += 2)
            {
                for (nuint column = 0; column < Width; column += (nuint)Vector128<uint>.Count)
                {
                    Vector128<uint> first = Rounded(Vector128.LoadUnsafe(ref source, column));
                    Vector128<uint> second = row + 1 < inputs ? Rounded(Vector128.LoadUnsafe(ref source, Width + column)) : Vector128<uint>.Zero;
                    ((first >>> 16) | (second & Vector128.Create(Upper))).StoreUnsafe(ref pairs, column);
                }

                source = ref Unsafe.Add(ref source, row + 1 < inputs ? 2 * Width : Width);
                pairs = ref Unsafe.Add(ref pairs, Width);
            }
        }
    }

    /// <summary>The first row of each pair.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> First(Vector512<float> pairs) => (pairs.AsUInt32() << 16).AsSingle();

    /// <inheritdoc cref="First(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> First(Vector256<float> pairs) => (pairs.AsUInt32() << 16).AsSingle();

    /// <inheritdoc cref="First(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> First(Vector128<float> pairs) => (pairs.AsUInt32() << 16).AsSingle();

    /// <summary>The second row of each pair.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Second(Vector512<float> pairs) => (pairs.AsUInt32() & Vector512.Create(Upper)).AsSingle();

    /// <inheritdoc cref="Second(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Second(Vector256<float> pairs) => (pairs.AsUInt32() & Vector256.Create(Upper)).AsSingle();

    /// <inheritdoc cref="Second(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Second(Vector128<float> pairs) => (pairs.AsUInt32() & Vector128.Create(Upper)).AsSingle();

    // In the upper half of each lane. Of a NaN, rounding could make an infinity: it stays one by its quiet bit.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Rounded(Vector128<uint> bits)
    {
        Vector128<uint> isNumber = Vector128.Equals(bits.AsSingle(), bits.AsSingle()).AsUInt32();
        Vector128<uint> nearest = bits + Vector128.Create(0x7FFFu) + ((bits >>> 16) & Vector128<uint>.One);
        return Vector128.ConditionalSelect(isNumber, nearest, bits | Vector128.Create(0x0040_0000u));
    }
}
