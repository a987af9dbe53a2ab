using System.Numerics;
using System.Runtime.CompilerServices;

namespace Unroll.Numerics;

/// <summary>
/// The project's own pseudo-random numbers: xoshiro256** (Blackman and Vigna, 2018) seeded through SplitMix64, so that a seed
/// gives the same sequence on every machine and every version of .NET.
/// </summary>
internal sealed class RandomSource
{
    private State _state;
    private double _spareNormal = double.NaN;

    public RandomSource(ulong seed) => Restart(seed);

    /// <summary>An independent sequence for each pair of seed and stream number.</summary>
    public RandomSource(ulong seed, ulong stream)
        : this(Combine(seed, stream))
    {
    }

    /// <summary>Begins the sequence of another seed.</summary>
    public void Restart(ulong seed)
    {
        _state = new State(SplitMix(ref seed), SplitMix(ref seed), SplitMix(ref seed), SplitMix(ref seed));
        _spareNormal = double.NaN;
    }

    /// <summary>A seed of its own for each pair.</summary>
    public static ulong Combine(ulong seed, ulong stream) => Mix(seed + (0x9E3779B97F4A7C15UL * (stream + 1)));

    /// <summary>64 uniform bits.</summary>
    public ulong NextBits() => _state.NextBits();

    /// <summary>Uniform in [0, 1), 53 bits.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in 0..exclusiveEnd-1 without bias (Lemire's multiplication with rejection, 2019).</summary>
    public int NextInt(int exclusiveEnd) => _state.NextInt(exclusiveEnd);

    /// <summary>Standard normal, by the polar method (Marsaglia and Bray, 1964).</summary>
    public double NextNormal()
    {
        if (!double.IsNaN(_spareNormal))
        {
            double spare = _spareNormal;
            _spareNormal = double.NaN;
            return spare;
        }

        double u, v, square;
        do
        {
            u = (2 * NextDouble()) - 1;
            v = (2 * NextDouble()) - 1;
            square = (u * u) + (v * v);
        }
        while (square >= 1 || square == 0);
        double scale = Math.Sqrt(-2 * Math.Log(square) / square);
        _spareNormal = v * scale;
        return u * scale;
    }

    /// <summary>Fills <paramref name="order"/> with a random permutation of 0..Length-1 (Fisher-Yates).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Permute(Span<int> order)
    {
        // A copy stays in registers.
        State state = _state;
        for (int i = 0; i < order.Length; i++)
        {
            int j = state.NextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }

        _state = state;
    }

    private static ulong SplitMix(ref ulong state) => Mix(state += 0x9E3779B97F4A7C15UL);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    private struct State(ulong s0, ulong s1, ulong s2, ulong s3)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public ulong NextBits()
        {
            ulong result = BitOperations.RotateLeft(s1 * 5, 7) * 9;
            ulong shifted = s1 << 17;
            s2 ^= s0;
            s3 ^= s1;
            s1 ^= s2;
            s0 ^= s3;
            s2 ^= shifted;
            s3 = BitOperations.RotateLeft(s3, 45);
            return result;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int NextInt(int exclusiveEnd)
        {
            ulong range = (ulong)exclusiveEnd;
            ulong high = Math.BigMul(NextBits(), range, out ulong low);
            if (low < range)
            {
                // The division is left to the few numbers that may have to be drawn again.
                for (ulong threshold = (0UL - range) % range; low < threshold;)
                {
                    high = Math.BigMul(NextBits(), range, out low);
                }
            }

            return (int)high;
        }
    }
}
