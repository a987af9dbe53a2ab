using System.Runtime.CompilerServices;
using Unroll.Numerics;

namespace Unroll.Optimizers;

/// <summary>
/// Keeps away what would soon be denormal: managed code cannot set flush-to-zero, and one denormal operand costs a hundred ordinary
/// ones. A moving average whose gradient has died decays into that range after some thousand steps.
/// </summary>
internal static class TinyMoments<S, V>
    where S : struct, ISimd<V>
    where V : struct
{
    // Bits of the exponent, one of which is set in every float from a power of two on.
    private const int From2ToMinus63 = 0x60000000;
    private const int From2ToMinus95 = 0x70000000;

    // Its root is eleven orders under the usual epsilon.
    private const float LeastSecond = 1e-36f;

    /// <summary>A gradient whose square would be denormal: below 2⁻⁶³, twelve orders under the usual epsilon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V FlushGradient(V gradient) => Flush(gradient, From2ToMinus63);

    /// <summary>An average of gradients: below 2⁻⁹⁵.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V FlushFirst(V moment) => Flush(moment, From2ToMinus95);

    /// <summary>
    /// A second moment, never negative (an average of squares, or Adamax's largest magnitude), is raised to 1e-36 in place of flushed:
    /// one instruction, and neither it nor its root is zero. A NaN passes.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V RaiseSecond(V moment) => S.Max(S.Broadcast(LeastSecond), moment);

    // A NaN has all bits of the exponent set and passes: the trainer must see it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Flush(V value, int exponent) =>
        S.Select(S.Equal(S.AndBits(value, S.Broadcast(BitConverter.Int32BitsToSingle(exponent))), S.Zero), S.Zero, value);
}
