using Unroll.Numerics;

namespace Unroll.Optimizers;

/// <summary>
/// What one optimizer does to one parameter, written once for all vector widths. A struct: code generic over the rule has it inlined.
/// </summary>
internal interface IUpdateRule
{
    /// <summary>How many of the three slots are loaded and stored.</summary>
    static abstract int SlotCount { get; }

    /// <summary>The new parameters; the slots are changed in place.</summary>
    V Apply<S, V>(V parameter, V gradient, ref V first, ref V second, ref V third)
        where S : struct, ISimd<V>
        where V : struct;
}
