using System.Runtime.CompilerServices;

namespace Unroll.Numerics;

/// <summary>eˣ and what is built on it: x = n·ln 2 + r with |r| ≤ ½·ln 2, then eˣ = 2ⁿ·eʳ and a polynomial for eʳ.</summary>
/// <remarks>
/// The coefficients in this folder are minimax fits (Remez) of the function named beside them, rounded to float one after the other,
/// each time refitting the rest. Every method is branch-free and right with and without a fused multiply-add.
/// </remarks>
internal static class Exponential<S, V>
    where S : struct, ISimd<V>
    where V : struct
{
    // Adding 1.5·2²³ rounds to an integer and leaves it in the low mantissa bits; a bias added with it is there for free.
    private const float Rounder = 12582912f;

    private const float Log2E = 1.44269504f;

    // ln 2 in two parts: the first has 10 bits, so its product with n is exact even without a fused multiply-add.
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    // eʳ - 1 - r for |r| ≤ 0.3475; the error is 4e-9 of eʳ.
    private const float Quadratic = 0.49999994f;
    private const float Cubic = 0.166665211f;
    private const float Quartic = 0.0416682027f;
    private const float Quintic = 0.00836880039f;
    private const float Sextic = 0.00138223055f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp(V x)
    {
        // Beyond these bounds the result is already infinite, or rounds to zero.
        V clamped = S.Min(S.Broadcast(89f), S.Max(S.Broadcast(-104f), x));
        Reduce(clamped, 254f, out V biased, out V r);

        // n runs from -150 to 128. Two factors of half of it each keep both normal, and denormal results are rounded once.
        V half = S.ShiftRightBits(biased, 1);
        V first = S.ShiftLeftBits(half, 23);
        V second = S.ShiftLeftBits(S.SubtractBits(biased, half), 23);
        return S.Multiply(ScaledExpOfRemainder(r, first), second);
    }

    /// <summary>eˣ for x ≤ 0, cheaper than <see cref="Exp"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ExpOfNegative(V x)
    {
        Reduce(S.Max(S.Broadcast(-104f), x), 127f + 64f, out V biased, out V r);
        return ScaleDown(r, biased);
    }

    /// <summary>exp(-a²/2) for 0 ≤ a ≤ 14.5, with the rounding error of a² put back: a float a² alone would cost 50 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Gaussian(V a)
    {
        // The square of 12 bits is exact: a² = high² + (a - high)(a + high).
        V high = S.AndBits(a, S.Broadcast(BitConverter.UInt32BitsToSingle(0xFFFFF000)));
        V rest = S.Multiply(S.Subtract(a, high), S.Add(a, high));
        V bias = S.Broadcast(Rounder + 127f + 64f);
        V biased = S.MultiplyAdd(S.Multiply(a, a), S.Broadcast(-0.5f * Log2E), bias);
        V n = S.Subtract(biased, bias);
        V r = S.MultiplyAdd(n, S.Broadcast(-Ln2High), S.Multiply(S.Multiply(high, high), S.Broadcast(-0.5f)));
        r = S.MultiplyAdd(n, S.Broadcast(-Ln2Low), r);
        r = S.MultiplyAdd(rest, S.Broadcast(-0.5f), r);
        return ScaleDown(r, biased);
    }

    /// <summary>eˣ for -80 ≤ x ≤ 80, where neither overflow nor denormals are possible.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ExpOfModerate(V x)
    {
        Reduce(x, 127f, out V biased, out V r);
        return ScaledExpOfRemainder(r, S.ShiftLeftBits(biased, 23));
    }

    /// <summary>eˣ for x ≤ 0; below -80 it is 0, before it would be denormal: each such number costs a hundred ordinary ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ExpOrZero(V x)
    {
        V least = S.Broadcast(-80f);
        return S.Select(S.LessThan(x, least), S.Zero, ExpOfModerate(S.Max(least, x)));
    }

    /// <summary>eˣ - 1 without the cancellation near zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Expm1(V x)
    {
        V clamped = S.Min(S.Broadcast(89f), S.Max(S.Broadcast(-25f), x));
        Reduce(clamped, 126f, out V biased, out V r);

        // 2ⁿ(1 + r + r²q) - 1 = 2(h·r²q + (h·r + (h - ½))) with h = 2ⁿ⁻¹, which unlike 2ⁿ exists for n = 128.
        V h = S.ShiftLeftBits(biased, 23);
        V sum = S.MultiplyAdd(h, r, S.Subtract(h, S.Broadcast(0.5f)));
        V curved = S.Multiply(S.Multiply(r, r), Curvature(r));
        sum = S.MultiplyAdd(h, curved, sum);
        return S.Add(sum, sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh(V x)
    {
        // (1 - e)/(1 + e) with e = exp(-2|x|) = s + s·p: where e is near 1, s is 1 and p small, so that nothing cancels. At 9.1 it rounds to 1.
        V magnitude = S.Min(S.Broadcast(10f), S.Abs(x));
        Reduce(S.Multiply(magnitude, S.Broadcast(-2f)), 127f, out V biased, out V r);
        V s = S.ShiftLeftBits(biased, 23);
        V p = ExpMinusOne(r);
        V one = S.Broadcast(1f);
        V quotient = S.Divide(S.Abs(S.MultiplyAdd(p, s, S.Subtract(s, one))), S.MultiplyAdd(p, s, S.Add(s, one)));

        // The sign is x's, that of 0 too.
        return S.AddBits(quotient, S.AndBits(x, S.Broadcast(-0f)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid(V x)
    {
        // 2⁻⁶⁴/(2⁻⁶⁴ + 2⁻⁶⁴·e⁻ˣ): so neither e⁻ˣ overflows nor what has to be a denormal result is one before the division.
        const float Unit = 5.42101086e-20f;
        const float BelowUnit = 5.42101054e-20f;
        const int Lost = 24;
        V clamped = S.Min(S.Broadcast(20f), S.Max(S.Broadcast(-105f), x));
        Reduce(S.Negate(clamped), 127f - 64f, out V biased, out V r);
        V s = S.ShiftLeftBits(biased, 23);
        V sum = S.MultiplyAdd(ExpMinusOne(r), s, S.Add(s, S.Broadcast(Unit)));

        // Where 2ⁿ + 1 is half-way between two floats, for n = 24, the 1 is lost, a whole ulp of the result. A dividend less by an ulp makes it good.
        V distance = S.SubtractBits(biased, S.Broadcast(Rounder + 127f - 64f + Lost));
        V dividend = S.AddBits(S.Broadcast(BelowUnit), S.MinBits(distance, S.Broadcast(BitConverter.Int32BitsToSingle(1))));
        return S.Divide(dividend, sum);
    }

    /// <summary>x + <paramref name="bias"/>·ln 2 split into n·ln 2 + r: n + bias in the low bits of <paramref name="biased"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Reduce(V x, float bias, out V biased, out V r)
    {
        V rounder = S.Broadcast(Rounder + bias);
        biased = S.MultiplyAdd(x, S.Broadcast(Log2E), rounder);
        V n = S.Subtract(biased, rounder);
        r = S.MultiplyAdd(n, S.Broadcast(-Ln2Low), S.MultiplyAdd(n, S.Broadcast(-Ln2High), x));
    }

    /// <summary>eʳ·2ⁿ for n from -150 to 0: first 2ⁿ⁺⁶⁴, which is normal, then one rounding to what may be denormal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ScaleDown(V r, V biased) => S.Multiply(ScaledExpOfRemainder(r, S.ShiftLeftBits(biased, 23)), S.Broadcast(5.42101086e-20f));

    /// <summary>eʳ·<paramref name="scale"/>, a power of two, to the same bits as the product: one operation less to wait for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ScaledExpOfRemainder(V r, V scale) => S.MultiplyAdd(ExpMinusOne(r), scale, scale);

    /// <summary>eʳ - 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpMinusOne(V r) => S.MultiplyAdd(S.Multiply(r, r), Curvature(r), r);

    /// <summary>(eʳ - 1 - r)/r². What it waits for is short: halves of the polynomial are computed side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Curvature(V r)
    {
        V z = S.Multiply(r, r);
        V low = S.MultiplyAdd(r, S.Broadcast(Cubic), S.Broadcast(Quadratic));
        V high = S.MultiplyAdd(z, S.Broadcast(Sextic), S.MultiplyAdd(r, S.Broadcast(Quintic), S.Broadcast(Quartic)));
        return S.MultiplyAdd(high, z, low);
    }
}
