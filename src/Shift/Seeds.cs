using Unroll.Numerics;

namespace Unroll.Shift;

/// <summary>Where random numbers begin.</summary>
internal static class Seeds
{
    public static RandomSource Start(int? seed) => new(seed is int value ? (uint)value : (ulong)Random.Shared.NextInt64());
}
