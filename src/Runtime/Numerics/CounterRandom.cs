using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Unroll.Numerics;

/// <summary>
/// Random masks that depend on a key and a position only, not on the order, the thread or the width in which they are computed.
/// </summary>
/// <remarks>
/// Each position is mixed twice by a 32-bit finalizer (multiply, xor-shift; constants found by C. Wellons, "Prospecting for hash
/// functions", 2018), with the key before each.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CounterRandom
{
    private const uint First = 0x7feb352d;
    private const uint Second = 0x846ca68b;

    /// <summary>The key of one layer in one step.</summary>
    /// <param name="noise">The noise of the step.</param>
    /// <param name="salt">The layer's position.</param>
    public static uint Key(ulong noise, int salt)
    {
        ulong mixed = (noise + (ulong)(salt + 1)) * 0x9E3779B97F4A7C15UL;
        return (uint)((mixed ^ (mixed >> 29)) >> 32);
    }

    /// <summary>A number of [0, 1), one of 2²⁴ equally likely.</summary>
    internal static double Share(uint position, uint key) => (Bits(Vector128.CreateScalar(position), key).ToScalar() >> 8) / (double)(1 << 24);

    /// <summary>All bits set where 24 random bits reach <paramref name="threshold"/>: with a share of 1 − threshold/2²⁴.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> KeepMask(Vector512<uint> position, uint key, uint threshold)
    {
        Vector512<uint> bits = Bits(position, key) >>> 8;
        return Vector512.GreaterThanOrEqual(bits.AsInt32(), Vector512.Create((int)threshold)).AsSingle();
    }

    /// <inheritdoc cref="KeepMask(Vector512{uint}, uint, uint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> KeepMask(Vector256<uint> position, uint key, uint threshold)
    {
        Vector256<uint> bits = Bits(position, key) >>> 8;
        return Vector256.GreaterThanOrEqual(bits.AsInt32(), Vector256.Create((int)threshold)).AsSingle();
    }

    /// <inheritdoc cref="KeepMask(Vector512{uint}, uint, uint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> KeepMask(Vector128<uint> position, uint key, uint threshold)
    {
        Vector128<uint> bits = Bits(position, key) >>> 8;
        return Vector128.GreaterThanOrEqual(bits.AsInt32(), Vector128.Create((int)threshold)).AsSingle();
    }

    /// <summary>Standard normal numbers, by the inverse of the distribution function: √2·erf⁻¹(2u − 1) of 24 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Normal(Vector512<uint> position, uint key) =>
        InverseNormal<Simd512, Vector512<float>>.Of(Vector512.ConvertToSingle((Bits(position, key) >>> 8).AsInt32()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Bits(Vector512<uint> position, uint key) =>
        Mix(Mix(position ^ Vector512.Create(key)) + Vector512.Create(key * First));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Mix(Vector512<uint> x)
    {
        x = (x ^ (x >>> 16)) * First;
        x = (x ^ (x >>> 15)) * Second;
        return x ^ (x >>> 16);
    }

    /// <summary>Standard normal numbers, by the inverse of the distribution function: √2·erf⁻¹(2u − 1) of 24 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Normal(Vector256<uint> position, uint key) =>
        InverseNormal<Simd256, Vector256<float>>.Of(Vector256.ConvertToSingle((Bits(position, key) >>> 8).AsInt32()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Bits(Vector256<uint> position, uint key) =>
        Mix(Mix(position ^ Vector256.Create(key)) + Vector256.Create(key * First));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Mix(Vector256<uint> x)
    {
        x = (x ^ (x >>> 16)) * First;
        x = (x ^ (x >>> 15)) * Second;
        return x ^ (x >>> 16);
    }

    /// <summary>Standard normal numbers, by the inverse of the distribution function: √2·erf⁻¹(2u − 1) of 24 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Normal(Vector128<uint> position, uint key) =>
        InverseNormal<Simd128, Vector128<float>>.Of(Vector128.ConvertToSingle((Bits(position, key) >>> 8).AsInt32()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Bits(Vector128<uint> position, uint key) =>
        Mix(Mix(position ^ Vector128.Create(key)) + Vector128.Create(key * First));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Mix(Vector128<uint> x)
    {
        x = (x ^ (x >>> 16)) * First;
        x = (x ^ (x >>> 15)) * Second;
        return x ^ (x >>> 16);
    }
}
