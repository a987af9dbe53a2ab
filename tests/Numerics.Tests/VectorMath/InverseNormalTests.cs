using System.Runtime.Intrinsics;
using Unroll.Numerics.Tests.Oracle;

namespace Unroll.Numerics.Tests;

/// <summary>The normal numbers of chosen random bits, the least and the largest included.</summary>
public sealed class InverseNormalTests
{
    private const int Steps = 1 << 24;

    [Fact]
    public void IsTheInverseOfTheDistribution()
    {
        foreach (int bits in Chosen())
        {
            double expected = Functions.InverseNormalDistribution((bits + 0.5) / Steps);
            float actual = InverseNormal<Simd128, Vector128<float>>.Of(Vector128.Create((float)bits)).ToScalar();

            // Giles gives 3 to 4 units in the last place of single precision; the logarithm and the last products add to that.
            Assert.Equal(expected, actual, tolerance: Math.Abs(expected) * 8 / (1 << 23));
        }
    }

    [Fact]
    public void IsSymmetricAndNeverInfinite()
    {
        foreach (int bits in Chosen())
        {
            float below = InverseNormal<Simd128, Vector128<float>>.Of(Vector128.Create((float)bits)).ToScalar();
            float above = InverseNormal<Simd128, Vector128<float>>.Of(Vector128.Create((float)(Steps - 1 - bits))).ToScalar();
            Assert.True(float.IsFinite(below) && Math.Abs(below) < 5.5f);
            Assert.Equal(-below, above);
        }
    }

    // Ends, middle and neighbours of powers of two, where the tails are; the rest in equal strides.
    private static IEnumerable<int> Chosen() =>
        Enumerable.Range(0, 24).SelectMany(static power => new[] { (1 << power) - 1, 1 << power, Steps - (1 << power) })
            .Concat(Enumerable.Range(0, 500).Select(static i => i * (Steps / 500)));
}
