using System.Runtime.Intrinsics;

namespace Unroll.Numerics.Tests;

/// <summary>Divisions taken from an estimate and one step of Newton's.</summary>
public class EstimateTests
{
    private const int Samples = 400_000;

    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public void QuotientsAreWithinTwoUlp(int width)
    {
        Assert.SkipUnless(FunctionUnderTest.IsSupported(width), $"This processor has no vectors of {width} bits.");
        float[] dividends = Spread(seed: 2, smallest: -60, largest: 60);
        float[] divisors = Spread(seed: 3, smallest: -60, largest: 60);
        for (int i = 0; i < Samples; i++)
        {
            float quotient = Quotient(width, dividends[i], divisors[i]);
            double distance = Ulp.Distance(quotient, (double)dividends[i] / divisors[i]);
            if (!(distance <= 2))
            {
                Assert.Fail($"{dividends[i]:R} / {divisors[i]:R} = {quotient:R}: {distance:F2} ulp off.");
            }
        }
    }

    private static float Quotient(int width, float x, float y) => width switch
    {
        512 => Simd512.FastDivide(Vector512.Create(x), Vector512.Create(y)).ToScalar(),
        256 => Simd256.FastDivide(Vector256.Create(x), Vector256.Create(y)).ToScalar(),
        _ => Simd128.FastDivide(Vector128.Create(x), Vector128.Create(y)).ToScalar(),
    };

    // All exponents in the range alike, random mantissas and signs.
    private static float[] Spread(int seed, int smallest, int largest)
    {
        var random = new Random(seed);
        float[] values = new float[Samples];
        for (int i = 0; i < Samples; i++)
        {
            float mantissa = 1f + random.NextSingle();
            values[i] = MathF.ScaleB(random.Next(2) == 0 ? mantissa : -mantissa, random.Next(smallest, largest));
        }

        return values;
    }
}
