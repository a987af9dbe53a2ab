using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Unroll.Numerics;

/// <summary>How large the numbers of an array are.</summary>
internal static class Magnitude
{
    private const int WithoutSign = 0x7FFFFFFF;

    /// <summary>The largest magnitude; infinity where there is one, NaN where there is one.</summary>
    // Without their sign, floats are ordered as the integers of the same bits: NaN above infinity above all numbers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Largest(ReadOnlySpan<float> values)
    {
        int whole = values.Length - (values.Length % SimdWidth.Floats);
        ref readonly float start = ref MemoryMarshal.GetReference(values);
        float largest = SimdWidth.Is512 ? Largest<Simd512, Vector512<float>>(in start, (nuint)whole)
            : SimdWidth.Is256 ? Largest<Simd256, Vector256<float>>(in start, (nuint)whole)
            : Largest<Simd128, Vector128<float>>(in start, (nuint)whole);
        int bits = BitConverter.SingleToInt32Bits(largest);
        foreach (float value in values[whole..])
        {
            bits = Math.Max(bits, BitConverter.SingleToInt32Bits(value) & WithoutSign);
        }

        return BitConverter.Int32BitsToSingle(bits);
    }

    // Four streams: the processor fetches ahead in each, and what is far away comes sooner.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Largest<S, V>(ref readonly float values, nuint count)
        where S : struct, ISimd<V>
        where V : struct
    {
        V mask = S.Broadcast(BitConverter.Int32BitsToSingle(WithoutSign));
        V a = S.Zero, b = a, c = a, d = a;
        nuint lanes = (nuint)S.Count;
        nuint quarter = count / lanes / 4 * lanes;
        for (nuint i = 0; i < quarter; i += lanes)
        {
            a = S.MaxBits(a, S.AndBits(S.Load(in values, i), mask));
            b = S.MaxBits(b, S.AndBits(S.Load(in values, quarter + i), mask));
            c = S.MaxBits(c, S.AndBits(S.Load(in values, (2 * quarter) + i), mask));
            d = S.MaxBits(d, S.AndBits(S.Load(in values, (3 * quarter) + i), mask));
        }

        for (nuint i = 4 * quarter; i < count; i += lanes)
        {
            a = S.MaxBits(a, S.AndBits(S.Load(in values, i), mask));
        }

        return S.MaxBitsAcross(S.MaxBits(S.MaxBits(a, b), S.MaxBits(c, d)));
    }

    /// <summary>Whether all values are finite.</summary>
    public static bool AreFinite(ReadOnlySpan<float> values) => float.IsFinite(Largest(values));

    /// <summary>Whether the first <paramref name="size"/> of every <paramref name="stride"/> values are finite.</summary>
    // Between rows that do not follow each other stands what other values have left.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool AreFinite(ReadOnlySpan<float> rows, int size, int stride)
    {
        if (size == stride)
        {
            return AreFinite(rows);
        }

        for (int start = 0; start < rows.Length; start += stride)
        {
            if (!AreFinite(rows.Slice(start, size)))
            {
                return false;
            }
        }

        return true;
    }
}
