using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Unroll.Numerics;

namespace Unroll;

/// <summary>Looks for NaN and infinities.</summary>
internal static class FiniteCheck
{
    public static bool AllFinite(ReadOnlySpan<float> values)
    {
        if (SimdWidth.Is512)
        {
            return AllFinite<Simd512, Vector512<float>>(values);
        }

        return SimdWidth.Is256 ? AllFinite<Simd256, Vector256<float>>(values) : AllFinite<Simd128, Vector128<float>>(values);
    }

    // 0·x is NaN exactly where x is not finite, and a sum keeps it. Four sums, so that none waits for the one before.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool AllFinite<S, V>(ReadOnlySpan<float> values)
        where S : struct, ISimd<V>
        where V : struct
    {
        ref float first = ref MemoryMarshal.GetReference(values);
        V a = S.Zero, b = S.Zero, c = S.Zero, d = S.Zero;
        int i = 0;
        for (; i + (4 * S.Count) <= values.Length; i += 4 * S.Count)
        {
            a = S.MultiplyAdd(S.Load(in first, (nuint)i), S.Zero, a);
            b = S.MultiplyAdd(S.Load(in first, (nuint)(i + S.Count)), S.Zero, b);
            c = S.MultiplyAdd(S.Load(in first, (nuint)(i + (2 * S.Count))), S.Zero, c);
            d = S.MultiplyAdd(S.Load(in first, (nuint)(i + (3 * S.Count))), S.Zero, d);
        }

        float rest = 0f;
        for (; i < values.Length; i++)
        {
            rest += values[i] * 0f;
        }

        return S.Sum(S.Add(S.Add(a, b), S.Add(c, d))) + rest == 0f;
    }
}
