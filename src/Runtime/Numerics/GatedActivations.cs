using System.Runtime.CompilerServices;

namespace Unroll.Numerics;

/// <summary>The activations of the form x·gate(x), and their derivatives, all written in e = exp(-|v|), which cannot overflow.</summary>
internal static class GatedActivations<S, V>
    where S : struct, ISimd<V>
    where V : struct
{
    // Where the gate is zero in float; clamping there keeps infinity·0 out.
    private const float ClosedSwish = 110f;
    private const float ClosedGeluTanh = 11f;

    // sigmoid(2w) = ½(1 + tanh w): twice √(2/π), and that times 0.044715.
    private const float GeluLinear = 1.59576912f;
    private const float GeluCubic = 0.0713548163f;

    /// <summary>x·sigmoid(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Swish(V x) => Gate(S.Max(S.Broadcast(-ClosedSwish), x), S.Abs(x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V SwishDerivative(V x)
    {
        V a = S.Min(S.Broadcast(ClosedSwish), S.Abs(x));
        return GateDerivative(x, a, a);
    }

    /// <summary>x·sigmoid(2w) with 2w = √(8/π)·(x + 0.044715·x³).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V GeluTanh(V x)
    {
        V a = S.Min(S.Broadcast(ClosedGeluTanh), S.Abs(x));
        V slope = S.MultiplyAdd(S.Multiply(a, a), S.Broadcast(GeluCubic), S.Broadcast(GeluLinear));
        return Gate(S.Max(S.Broadcast(-ClosedGeluTanh), x), S.Multiply(a, slope));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V GeluTanhDerivative(V x)
    {
        V a = S.Min(S.Broadcast(ClosedGeluTanh), S.Abs(x));
        V square = S.Multiply(a, a);
        V v = S.Multiply(a, S.MultiplyAdd(square, S.Broadcast(GeluCubic), S.Broadcast(GeluLinear)));
        V slope = S.Multiply(a, S.MultiplyAdd(square, S.Broadcast(3f * GeluCubic), S.Broadcast(GeluLinear)));
        return GateDerivative(x, v, slope);
    }

    /// <summary>
    /// x·tanh(softplus(x)) = x·N/D: for negative x, with E = eˣ, N = E(E + 2) and D = N + 2; for positive x both divided by E².
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Mish(V x)
    {
        MishQuotient(S.Abs(x), S.GreaterOrEqual(x, S.Zero), out _, out V numerator, out V denominator);
        return S.Divide(S.Multiply(S.Max(S.Broadcast(-ClosedSwish), x), numerator), denominator);
    }

    /// <summary>(N·D + 4x·w(1 + e))/D² with w = e for negative x and e² for positive.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V MishDerivative(V x)
    {
        V clamped = S.Min(S.Broadcast(ClosedSwish), S.Max(S.Broadcast(-ClosedSwish), x));
        V positive = S.GreaterOrEqual(x, S.Zero);
        MishQuotient(S.Abs(clamped), positive, out V e, out V numerator, out V denominator);
        V square = S.Multiply(e, e);
        V slope = S.Add(S.Select(positive, square, e), S.Select(positive, S.Multiply(square, e), square));
        V fourTimes = S.Multiply(S.Multiply(clamped, S.Broadcast(4f)), slope);
        return S.Divide(S.MultiplyAdd(numerator, denominator, fourTimes), S.Multiply(denominator, denominator));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MishQuotient(V magnitude, V positive, out V e, out V numerator, out V denominator)
    {
        e = Exponential<S, V>.ExpOfNegative(S.Negate(magnitude));
        V two = S.Broadcast(2f);
        V one = S.Broadcast(1f);
        // e² + 2e and not e(e + 2): the rounding of the sum would count in full.
        numerator = S.Select(positive, S.MultiplyAdd(e, two, one), S.MultiplyAdd(e, e, S.Add(e, e)));
        denominator = S.MultiplyAdd(two, S.Select(positive, S.Multiply(e, e), one), numerator);
    }

    /// <summary>x·sigmoid(v) for v of the sign of x, given x and |v|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Gate(V x, V magnitude)
    {
        V e = Exponential<S, V>.ExpOfNegative(S.Negate(magnitude));
        V one = S.Broadcast(1f);
        V numerator = S.Select(S.LessThan(x, S.Zero), e, one);
        return S.Divide(S.Multiply(x, numerator), S.Add(one, e));
    }

    /// <summary>
    /// The derivative of x·sigmoid(v): with g = s(1 - v'·|x|·(1 - s)) and s = sigmoid(-|v|) it is g for negative x and 1 - g for positive.
    /// </summary>
    /// <param name="x">The pre-activation.</param>
    /// <param name="magnitude">|v|.</param>
    /// <param name="slope">v'·|x|.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V GateDerivative(V x, V magnitude, V slope)
    {
        V e = Exponential<S, V>.ExpOfNegative(S.Negate(magnitude));
        V one = S.Broadcast(1f);
        V open = S.Divide(one, S.Add(one, e));
        V g = S.Multiply(S.Multiply(e, open), S.Subtract(one, S.Multiply(slope, open)));
        return S.Select(S.GreaterOrEqual(x, S.Zero), S.Subtract(one, g), g);
    }
}
