using System.Runtime.CompilerServices;

namespace Unroll.Numerics;

/// <summary>The error function and GELU, which is x·Φ(x) with Φ(x) = ½(1 + erf(x/√2)).</summary>
internal static class NormalDistribution<S, V>
    where S : struct, ISimd<V>
    where V : struct
{
    private const float InverseSqrtTwoPi = 0.398942280f;

    // Φ(-a) is zero in float from here on.
    private const float LargestMagnitude = 14.5f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Erf(V x)
    {
        // 1 - exp(-t - t·R(t)) with R fitted on [0.92, 3.95]; at 4 the result rounds to 1.
        V t = S.Min(S.Broadcast(4f), S.Abs(x));
        V r = S.Broadcast(-0.000213984938f);
        r = S.MultiplyAdd(r, t, S.Broadcast(0.00321495556f));
        r = S.MultiplyAdd(r, t, S.Broadcast(-0.0228899643f));
        r = S.MultiplyAdd(r, t, S.Broadcast(0.10526184f));
        r = S.MultiplyAdd(r, t, S.Broadcast(0.635718346f));
        r = S.MultiplyAdd(r, t, S.Broadcast(0.128514364f));
        V exponent = S.Negate(S.MultiplyAdd(r, t, t));
        V large = S.Subtract(S.Broadcast(1f), Exponential<S, V>.ExpOfModerate(exponent));
        V signed = S.Select(S.LessThan(x, S.Zero), S.Negate(large), large);

        // x + x·Q(x²) up to 0.92.
        V z = S.Multiply(x, x);
        V q = S.Broadcast(-0.000595906749f);
        q = S.MultiplyAdd(q, z, S.Broadcast(0.00498725986f));
        q = S.MultiplyAdd(q, z, S.Broadcast(-0.0267629158f));
        q = S.MultiplyAdd(q, z, S.Broadcast(0.112817302f));
        q = S.MultiplyAdd(q, z, S.Broadcast(-0.376124889f));
        q = S.MultiplyAdd(q, z, S.Broadcast(0.128379151f));
        V small = S.MultiplyAdd(q, x, x);
        return S.Select(S.LessThan(t, S.Broadcast(0.925f)), small, signed);
    }

    /// <summary>x·Φ(x) = max(x, 0) - |x|·Φ(-|x|), which does not cancel on the negative side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Gelu(V x)
    {
        V a = S.Min(S.Broadcast(LargestMagnitude), S.Abs(x));
        V tail = S.Multiply(Exponential<S, V>.Gaussian(a), S.Multiply(a, ScaledTail(a)));
        return S.Subtract(S.Max(S.Zero, x), tail);
    }

    /// <summary>Φ(x) + x·φ(x): with g = Φ(-a) - a·φ(a) and a = |x| it is g for negative x and 1 - g for positive.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V GeluDerivative(V x)
    {
        V a = S.Min(S.Broadcast(LargestMagnitude), S.Abs(x));
        V g = S.Multiply(Exponential<S, V>.Gaussian(a), S.MultiplyAdd(a, S.Broadcast(-InverseSqrtTwoPi), ScaledTail(a)));
        return S.Select(S.GreaterOrEqual(x, S.Zero), S.Subtract(S.Broadcast(1f), g), g);
    }

    /// <summary>Φ(-a)·exp(a²/2) on [0, 14.8] as a quotient of polynomials without any cancellation; error 1.2e-8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ScaledTail(V a)
    {
        V p = S.Broadcast(0.00413866201f);
        p = S.MultiplyAdd(p, a, S.Broadcast(0.0407834053f));
        p = S.MultiplyAdd(p, a, S.Broadcast(0.183679938f));
        p = S.MultiplyAdd(p, a, S.Broadcast(0.438894331f));
        p = S.MultiplyAdd(p, a, S.Broadcast(0.5f));
        V q = S.Broadcast(0.0103739733f);
        q = S.MultiplyAdd(q, a, S.Broadcast(0.102235071f));
        q = S.MultiplyAdd(q, a, S.Broadcast(0.47064507f));
        q = S.MultiplyAdd(q, a, S.Broadcast(1.20434916f));
        q = S.MultiplyAdd(q, a, S.Broadcast(1.6756736f));
        q = S.MultiplyAdd(q, a, S.Broadcast(1f));
        return S.Divide(p, q);
    }
}
