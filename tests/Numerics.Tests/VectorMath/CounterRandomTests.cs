namespace Unroll.Numerics.Tests;

/// <summary>
/// What masks ask of the numbers they are made of, whatever the formula: each position and each key decides on every bit, and the numbers of
/// two keys have nothing to do with each other.
/// </summary>
public sealed class CounterRandomTests
{
    private const int Trials = 4096;
    private const int ResultBits = 24;

    /// <summary>Positions count up from 0, so that the last bits differ alone; keys come of numbers of steps and layers.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void EachBitChangesHalfOfTheBits(bool isPosition)
    {
        for (int changed = 0; changed < 32; changed++)
        {
            int[] flips = new int[ResultBits];
            for (uint i = 0; i < Trials; i++)
            {
                uint key = CounterRandom.Key(7, (int)i);
                uint other = Bits(isPosition ? i ^ (1u << changed) : i, isPosition ? key : key ^ (1u << changed));
                uint difference = Bits(i, key) ^ other;
                for (int bit = 0; bit < ResultBits; bit++)
                {
                    flips[bit] += (int)(difference >> bit) & 1;
                }
            }

            // Six standard deviations of a binomial count.
            Assert.All(flips, static count => Assert.InRange(count, (Trials / 2) - (6 * 32), (Trials / 2) + (6 * 32)));
        }
    }

    /// <summary>The mean of χ² with 255 degrees of freedom and six of its standard deviations on both sides.</summary>
    [Theory]
    [InlineData(0UL, 0)]
    [InlineData(0UL, 1)]
    [InlineData(1UL, 0)]
    [InlineData(ulong.MaxValue, 12)]
    public void NumbersAreUniform(ulong noise, int layer)
    {
        const int Count = 1 << 16;
        uint key = CounterRandom.Key(noise, layer);
        int[] buckets = new int[256];
        for (uint position = 0; position < Count; position++)
        {
            buckets[(int)(CounterRandom.Share(position, key) * buckets.Length)]++;
        }

        const double Expected = Count / 256.0;
        double chiSquare = buckets.Sum(static count => (count - Expected) * (count - Expected) / Expected);
        Assert.InRange(chiSquare, 255 - (6 * Math.Sqrt(2 * 255)), 255 + (6 * Math.Sqrt(2 * 255)));
    }

    /// <summary>Of a hash of position and key in one, the numbers of one key would be those of another at the positions whose bits differ as the keys do.</summary>
    [Fact]
    public void NumbersOfOneKeyAreNotThoseOfAnotherInAnotherOrder()
    {
        uint first = CounterRandom.Key(3, 0);
        uint second = CounterRandom.Key(3, 1);
        int equal = 0;
        for (uint position = 0; position < Trials; position++)
        {
            equal += Bits(position, first) == Bits(position ^ first ^ second, second) ? 1 : 0;
            equal += Bits(position, first) == Bits(position + first - second, second) ? 1 : 0;
        }

        // Of 8192 pairs of 24 bits one in two thousand such tests has an equal one.
        Assert.InRange(equal, 0, 1);
    }

    [Fact]
    public void EveryStepAndLayerHasItsKey()
    {
        uint[] keys = [.. Enumerable.Range(0, 64).SelectMany(static step => Enumerable.Range(0, 64).Select(layer => CounterRandom.Key(RandomSource.Combine(1, (ulong)step), layer)))];

        // Of 4096 numbers of 32 bits two are equal once in five hundred times.
        Assert.InRange(keys.Distinct().Count(), keys.Length - 1, keys.Length);
    }

    private static uint Bits(uint position, uint key) => (uint)(CounterRandom.Share(position, key) * (1 << ResultBits));
}
