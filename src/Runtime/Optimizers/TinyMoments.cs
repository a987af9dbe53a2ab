using System.Runtime.CompilerServices;
using Unroll.Numerics;

namespace Unroll;

/// <summary>
/// Flushes to zero what would soon be denormal: managed code cannot set flush-to-zero, and one denormal operand costs a hundred ordinary
/// ones. A moving average whose gradient has died decays into that range after some thousand steps.
/// </summary>
internal static class TinyMoments<S, V>
    where S : struct, ISimd<V>
    where V : struct
{
    /// <summary>A gradient whose square would be tiny: below 1e-15, eight orders under the usual epsilon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V FlushGradient(V gradient) => Flush(gradient, 1e-15f);

    /// <summary>An average of gradients: below 1e-30.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V FlushFirst(V moment) => Flush(moment, 1e-30f);

    /// <summary>
    /// An average of squares: below 1e-36, so late that the average of the gradients, which decays faster, is gone before; divided by the
    /// root of nothing it would be a leap.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V FlushSecond(V moment) => Flush(moment, 1e-36f);

    // Comparing this way round lets a NaN through: the trainer must see it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Flush(V value, float below) => S.Select(S.LessThan(S.Abs(value), S.Broadcast(below)), S.Zero, value);
}
