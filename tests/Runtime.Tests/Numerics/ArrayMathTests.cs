using Unroll.Numerics;

namespace Unroll.Runtime.Tests.Numerics;

public class ArrayMathTests
{
    [Fact]
    public void EveryPlaceGetsWhatTheFunctionGivesWhateverTheLength()
    {
        for (int length = 0; length <= 50; length++)
        {
            float[] values = [.. Enumerable.Range(1, length).Select(i => i / 7f)];
            float[] logarithms = [.. values];
            float[] softplus = [.. values];

            ArrayMath.Log(logarithms);
            ArrayMath.Softplus(softplus);

            for (int i = 0; i < length; i++)
            {
                Golden.AssertClose(Math.Log(values[i]), logarithms[i], 3e-7, 1e-7, $"ln {values[i]}");
                Golden.AssertClose(Math.Log(1 + Math.Exp(values[i])), softplus[i], 3e-7, 0, $"softplus {values[i]}");
            }
        }
    }

    [Fact]
    public void ABitDoesNotDependOnThePlace()
    {
        foreach (int length in (int[])[1, 4, 5, 16, 31, 33])
        {
            float[] values = [.. Enumerable.Repeat(0.3f, length)];
            ArrayMath.Log(values);
            Assert.All(values, value => Assert.Equal(values[0], value));
        }
    }

    [Fact]
    public void LimitsAreThoseOfTheLogarithm()
    {
        float[] values = [0f, 1f, float.PositiveInfinity, float.NaN, -1f];
        ArrayMath.Log(values);
        Assert.Equal([float.NegativeInfinity, 0f, float.PositiveInfinity, float.NaN, float.NaN], values);
    }
}
