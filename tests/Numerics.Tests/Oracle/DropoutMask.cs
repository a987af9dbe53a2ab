namespace Unroll.Numerics.Tests.Oracle;

/// <summary>The definition of the dropout masks, one position at a time.</summary>
internal static class DropoutMask
{
    /// <param name="noise">The noise of the step.</param>
    /// <param name="layer">The layer's position in the network.</param>
    /// <param name="position">Which value: (sample·vectors + vector)·padded columns + column.</param>
    /// <param name="rate">The share to drop.</param>
    public static bool Keeps(ulong noise, int layer, uint position, float rate) => Bits(noise, layer, position) >= Math.Round(rate * (double)(1 << 24));

    /// <summary>The 24 random bits of a position.</summary>
    public static uint Bits(ulong noise, int layer, uint position)
    {
        unchecked
        {
            ulong mixed = (noise + (ulong)(layer + 1)) * 0x9E3779B97F4A7C15UL;
            uint key = (uint)((mixed ^ (mixed >> 29)) >> 32);
            return Mix(Mix(position ^ key) + (key * 0x7feb352du)) >> 8;
        }
    }

    private static uint Mix(uint x)
    {
        unchecked
        {
            x = (x ^ (x >> 16)) * 0x7feb352du;
            x = (x ^ (x >> 15)) * 0x846ca68bu;
            return x ^ (x >> 16);
        }
    }
}
