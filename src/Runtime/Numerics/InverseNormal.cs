using System.Runtime.CompilerServices;

namespace Unroll.Numerics;

/// <summary>
/// The inverse of the standard normal distribution, √2·erf⁻¹, by the single precision approximation of M. Giles ("Approximating the erfinv
/// function", 2012).
/// </summary>
internal static class InverseNormal<S, V>
    where S : struct, ISimd<V>
    where V : struct
{
    /// <summary>From 24 random bits, as floats 0..2²⁴ − 1, to a standard normal number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of(V bits)
    {
        // The middle of one of 2²⁴ equal steps of (−1, 1): never the ends, where the inverse is infinite.
        V x = S.MultiplyAdd(bits, S.Broadcast(1f / (1 << 23)), S.Broadcast((0.5f / (1 << 23)) - 1f));
        V one = S.Broadcast(1f);
        V w = S.Negate(Logarithm<S, V>.Log(S.Multiply(S.Subtract(one, x), S.Add(one, x))));
        V result = S.Select(S.LessThan(w, S.Broadcast(5f)), Center(S.Subtract(w, S.Broadcast(2.5f))), Tail(S.Subtract(S.Sqrt(w), S.Broadcast(3f))));
        return S.Multiply(S.Multiply(result, x), S.Broadcast(1.41421356f));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Center(V w)
    {
        V p = S.Broadcast(2.81022636e-08f);
        p = S.MultiplyAdd(p, w, S.Broadcast(3.43273939e-07f));
        p = S.MultiplyAdd(p, w, S.Broadcast(-3.5233877e-06f));
        p = S.MultiplyAdd(p, w, S.Broadcast(-4.39150654e-06f));
        p = S.MultiplyAdd(p, w, S.Broadcast(0.00021858087f));
        p = S.MultiplyAdd(p, w, S.Broadcast(-0.00125372503f));
        p = S.MultiplyAdd(p, w, S.Broadcast(-0.00417768164f));
        p = S.MultiplyAdd(p, w, S.Broadcast(0.246640727f));
        return S.MultiplyAdd(p, w, S.Broadcast(1.50140941f));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Tail(V w)
    {
        V p = S.Broadcast(-0.000200214257f);
        p = S.MultiplyAdd(p, w, S.Broadcast(0.000100950558f));
        p = S.MultiplyAdd(p, w, S.Broadcast(0.00134934322f));
        p = S.MultiplyAdd(p, w, S.Broadcast(-0.00367342844f));
        p = S.MultiplyAdd(p, w, S.Broadcast(0.00573950773f));
        p = S.MultiplyAdd(p, w, S.Broadcast(-0.0076224613f));
        p = S.MultiplyAdd(p, w, S.Broadcast(0.00943887047f));
        p = S.MultiplyAdd(p, w, S.Broadcast(1.00167406f));
        return S.MultiplyAdd(p, w, S.Broadcast(2.83297682f));
    }
}
