using System.Runtime.CompilerServices;

namespace Unroll.Numerics;

/// <summary>ln x and what is built on it: x = 2ᵉ·(1 + f) with √½ ≤ 1 + f &lt; √2, then ln x = e·ln 2 + f - f²/2 + f³·P(f).</summary>
internal static class Logarithm<S, V>
    where S : struct, ISimd<V>
    where V : struct
{
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;
    private const float SqrtHalf = 0.707106769f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log(V x)
    {
        // A denormal is brought into the normal range by 2²³, and the 23 taken off the exponent bits again, below zero if need be.
        V one = S.Broadcast(1f);
        V scale = S.Select(S.LessThan(x, S.Broadcast(1.17549435e-38f)), S.Broadcast(8388608f), one);
        V extended = S.SubtractBits(S.Multiply(x, scale), S.SubtractBits(scale, one));
        V exponent = Exponent(extended);
        V f = S.Subtract(S.SubtractBits(extended, S.ShiftLeftBits(exponent, 23)), one);
        return AtLimits(x, Combine(S.ConvertBits(exponent), f));
    }

    /// <summary>ln(1 + x) without the rounding of 1 + x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log1p(V x)
    {
        // u + lost = 1 + x exactly (Knuth's two-sum).
        V one = S.Broadcast(1f);
        V u = S.Add(one, x);
        V added = S.Subtract(u, one);
        V lost = S.Add(S.Subtract(one, S.Subtract(u, added)), S.Subtract(x, added));

        V exponentBits = Exponent(u);
        V shift = S.ShiftLeftBits(exponentBits, 23);
        V f = S.Subtract(S.SubtractBits(u, shift), one);

        // lost·2⁻ᵉ as (lost/2)·2¹⁻ᵉ, since 2⁻¹²⁸ is no normal float.
        f = S.MultiplyAdd(S.Multiply(lost, S.Broadcast(0.5f)), S.SubtractBits(S.Broadcast(2f), shift), f);
        return AtLimits(u, Combine(S.ConvertBits(exponentBits), f));
    }

    /// <summary>ln(1 + eˣ) = max(x, 0) + ln(1 + e^-|x|), which neither overflows nor cancels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Softplus(V x)
    {
        V e = Exponential<S, V>.ExpOfNegative(S.Negate(S.Abs(x)));

        // (ln(1 + e) - e)/e² on [0, 1], error 8e-9 of the logarithm.
        V p = S.Broadcast(0.00208460214f);
        p = S.MultiplyAdd(p, e, S.Broadcast(-0.0136918835f));
        p = S.MultiplyAdd(p, e, S.Broadcast(0.0421151295f));
        p = S.MultiplyAdd(p, e, S.Broadcast(-0.0832391679f));
        p = S.MultiplyAdd(p, e, S.Broadcast(0.12479537f));
        p = S.MultiplyAdd(p, e, S.Broadcast(-0.161351725f));
        p = S.MultiplyAdd(p, e, S.Broadcast(0.198996231f));
        p = S.MultiplyAdd(p, e, S.Broadcast(-0.249888644f));
        p = S.MultiplyAdd(p, e, S.Broadcast(0.333327144f));
        p = S.MultiplyAdd(p, e, S.Broadcast(-0.499999881f));

        // e last: the smaller terms are rounded at their own size.
        return S.Add(e, S.MultiplyAdd(S.Multiply(e, e), p, S.Max(S.Zero, x)));
    }

    /// <summary>The integer e for which x·2⁻ᵉ lies in [√½, √2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Exponent(V x) => S.ShiftRightBits(S.SubtractBits(x, S.Broadcast(SqrtHalf)), 23);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Combine(V exponent, V f)
    {
        V p = S.Broadcast(0.0711809173f);
        p = S.MultiplyAdd(p, f, S.Broadcast(-0.117327422f));
        p = S.MultiplyAdd(p, f, S.Broadcast(0.117680274f));
        p = S.MultiplyAdd(p, f, S.Broadcast(-0.123863332f));
        p = S.MultiplyAdd(p, f, S.Broadcast(0.142303944f));
        p = S.MultiplyAdd(p, f, S.Broadcast(-0.166694954f));
        p = S.MultiplyAdd(p, f, S.Broadcast(0.200018123f));
        p = S.MultiplyAdd(p, f, S.Broadcast(-0.249999791f));
        p = S.MultiplyAdd(p, f, S.Broadcast(0.333333135f));
        V square = S.Multiply(f, f);
        V rest = S.MultiplyAdd(exponent, S.Broadcast(Ln2Low), S.Multiply(S.Multiply(p, f), square));
        V fraction = S.Add(f, S.MultiplyAdd(square, S.Broadcast(-0.5f), rest));
        return S.MultiplyAdd(exponent, S.Broadcast(Ln2High), fraction);
    }

    /// <summary>ln of infinity and NaN are themselves, ln 0 = -∞, ln of a negative number is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V AtLimits(V x, V logarithm)
    {
        V finite = S.Select(S.LessThan(x, S.Broadcast(float.PositiveInfinity)), logarithm, x);
        V outside = S.Select(S.Equal(x, S.Zero), S.Broadcast(float.NegativeInfinity), S.Broadcast(float.NaN));
        return S.Select(S.GreaterThan(x, S.Zero), finite, outside);
    }
}
