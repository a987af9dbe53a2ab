namespace Unroll.Runtime.Tests.Initializers;

public class ParameterInitializerTests
{
    private const int Inputs = 300;
    private const int Units = 200;

    [Theory]
    [InlineData(Initializer.GlorotUniform, 2.0 / (Inputs + Units))]
    [InlineData(Initializer.HeUniform, 2.0 / Inputs)]
    [InlineData(Initializer.LecunUniform, 1.0 / Inputs)]
    [InlineData(Initializer.RandomUniform, 0.05 * 0.05 / 3)]
    public void UniformValuesFillTheirInterval(Initializer initializer, double variance)
    {
        double[] values = Fill(initializer, Inputs, Units);
        double limit = Math.Sqrt(3 * variance);

        Assert.InRange(values.Max(), 0.999 * limit, limit * 1.0000001);
        Assert.InRange(values.Min(), -limit * 1.0000001, -0.999 * limit);
        AssertMoments(values, variance, kurtosis: 1.8);
    }

    // A standard normal cut off at ±2 has variance 1 − 4·φ(2)/0.9545 = 0.7737 and fourth moment 3 − 28·φ(2)/0.9545 = 1.4162.
    [Theory]
    [InlineData(Initializer.GlorotNormal, 2.0 / (Inputs + Units))]
    [InlineData(Initializer.HeNormal, 2.0 / Inputs)]
    [InlineData(Initializer.LecunNormal, 1.0 / Inputs)]
    public void TruncatedNormalsHaveTheirVarianceAndEndAtTwoDeviations(Initializer initializer, double variance)
    {
        double[] values = Fill(initializer, Inputs, Units);
        double limit = 2 * Math.Sqrt(variance) / 0.87962566103423978;

        Assert.InRange(values.Max(), 0.99 * limit, limit * 1.0000001);
        Assert.InRange(values.Min(), -limit * 1.0000001, -0.99 * limit);
        AssertMoments(values, variance, kurtosis: 1.4162 / (0.7737 * 0.7737));
    }

    [Fact]
    public void RandomNormalIsNotTruncated()
    {
        double[] values = Fill(Initializer.RandomNormal, Inputs, Units);
        Assert.True(values.Max() > 3.5 * 0.05);
        AssertMoments(values, 0.05 * 0.05, kurtosis: 3);
    }

    [Fact]
    public void ConstantsAreConstant()
    {
        Assert.All(Fill(Initializer.Zeros, 3, 4), value => Assert.Equal(0, value));
        Assert.All(Fill(Initializer.Ones, 3, 4), value => Assert.Equal(1, value));
    }

    // The cases of compute_fans in keras/src/initializers/random_initializers.py.
    [Theory]
    [InlineData(new int[0], 1, 1)]
    [InlineData(new[] { 7 }, 7, 7)]
    [InlineData(new[] { 4, 9 }, 4, 9)]
    [InlineData(new[] { 3, 4, 9 }, 12, 27)]
    [InlineData(new[] { 3, 5, 4, 9 }, 60, 135)]
    public void FansFollowTheShape(int[] shape, double fanIn, double fanOut) =>
        Assert.Equal((fanIn, fanOut), ParameterInitializer.Fans(shape));

    [Fact]
    public void EveryInitializerHasARuleAndTheSeedDecidesTheValues()
    {
        foreach (Initializer initializer in Enum.GetValues<Initializer>())
        {
            Assert.Equal(Fill(initializer, 5, 7), Fill(initializer, 5, 7));
        }

        Assert.NotEqual(Fill(Initializer.HeNormal, 5, 7), Fill(Initializer.HeNormal, 5, 7, seed: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Fill((Initializer)99, 1, 1));
    }

    // Mean and variance of 60,000 draws scatter by 0.4 and 0.6 percent of the deviation and the variance: the bounds are five times that.
    private static void AssertMoments(double[] values, double variance, double kurtosis)
    {
        double mean = values.Average();
        double second = values.Average(value => value * value);
        double fourth = values.Average(value => value * value * value * value);
        Assert.InRange(mean / Math.Sqrt(variance), -0.02, 0.02);
        Assert.InRange(second / variance, 0.97, 1.03);
        Assert.InRange(fourth / (second * second), kurtosis * 0.95, kurtosis * 1.05);
    }

    private static double[] Fill(Initializer initializer, int inputs, int units, ulong seed = 1)
    {
        float[] values = new float[inputs * units];
        ParameterInitializer.Fill(initializer, [inputs, units], values, new RandomSource(seed));
        return [.. values.Select(value => (double)value)];
    }
}
