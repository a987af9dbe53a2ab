namespace Unroll.Runtime.Tests.Initializers;

public class ParameterInitializerTests
{
    private const int Inputs = 300;
    private const int Units = 200;

    [Theory]
    [InlineData(Initializer.GlorotUniform, 2.0 / (Inputs + Units))]
    [InlineData(Initializer.HeUniform, 2.0 / Inputs)]
    [InlineData(Initializer.LecunUniform, 1.0 / Inputs)]
    [InlineData(Initializer.RandomUniform, 1.0 / 3)]
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
        double[] values = Fill(new InitializerRule(Initializer.RandomNormal, 0.05f), Inputs, Units);
        Assert.True(values.Max() > 3.5 * 0.05);
        AssertMoments(values, 0.05 * 0.05, kurtosis: 3);
    }

    [Fact]
    public void TruncatedNormalEndsAtTwoDeviationsAndIsNotWidened()
    {
        double[] values = Fill(new InitializerRule(Initializer.TruncatedNormal, 0.25f), Inputs, Units);
        Assert.InRange(values.Max(), 0.49, 0.5);
        Assert.InRange(values.Min(), -0.5, -0.49);
        AssertMoments(values, 0.7737 * 0.25 * 0.25, kurtosis: 1.4162 / (0.7737 * 0.7737));
    }

    [Theory]
    [InlineData(FanMode.FanIn, Inputs)]
    [InlineData(FanMode.FanOut, Units)]
    [InlineData(FanMode.FanAvg, (Inputs + Units) / 2.0)]
    public void VarianceScalingDividesByItsFan(FanMode mode, double fan)
    {
        const double Scale = 3;
        AssertMoments(Fill(Rule(InitializerDistribution.Uniform), Inputs, Units), Scale / fan, kurtosis: 1.8);
        AssertMoments(Fill(Rule(InitializerDistribution.UntruncatedNormal), Inputs, Units), Scale / fan, kurtosis: 3);
        AssertMoments(Fill(Rule(InitializerDistribution.TruncatedNormal), Inputs, Units), Scale / fan, kurtosis: 1.4162 / (0.7737 * 0.7737));

        InitializerRule Rule(InitializerDistribution distribution) =>
            new(Initializer.VarianceScaling, (float)Scale, Mode: mode, Distribution: distribution);
    }

    [Theory]
    [InlineData(2f, FanMode.FanIn, InitializerDistribution.Uniform, Initializer.HeUniform)]
    [InlineData(1f, FanMode.FanIn, InitializerDistribution.TruncatedNormal, Initializer.LecunNormal)]
    [InlineData(1f, FanMode.FanAvg, InitializerDistribution.Uniform, Initializer.GlorotUniform)]
    public void VarianceScalingIncludesTheNamedOnes(float scale, FanMode mode, InitializerDistribution distribution, Initializer named) =>
        Assert.Equal(Fill(named, 5, 7), Fill(new InitializerRule(Initializer.VarianceScaling, scale, Mode: mode, Distribution: distribution), 5, 7));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 7)]
    [InlineData(40, 12)]
    [InlineData(12, 40)]
    [InlineData(1, 9)]
    public void OrthogonalHasOrthonormalRowsOrColumns(int inputs, int units)
    {
        const double Gain = 1.5;
        double[] values = Fill(new InitializerRule(Initializer.Orthogonal, (float)Gain), inputs, units);
        int count = Math.Min(inputs, units);
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double product = inputs >= units
                    ? Enumerable.Range(0, inputs).Sum(row => values[(row * units) + i] * values[(row * units) + j])
                    : Enumerable.Range(0, units).Sum(column => values[(i * units) + column] * values[(j * units) + column]);
                Assert.Equal(i == j ? Gain * Gain : 0, product, 1e-6);
            }
        }
    }

    // The elements of one uniformly random orthogonal matrix have mean 0, variance 1/n and fourth moment 3/(n·(n + 2)).
    [Fact]
    public void OrthogonalIsUniform()
    {
        double[] values = Fill(Initializer.Orthogonal, 250, 250);
        Assert.InRange(values.Average(), -0.001, 0.001);
        Assert.Equal(1.0 / 250, values.Average(static value => value * value), 1e-8);
        Assert.InRange(values.Average(static value => value * value * value * value) * 250 * 252 / 3, 0.95, 1.05);
    }

    [Theory]
    [InlineData(2, 3, new double[] { 2, 0, 0, 0, 2, 0 })]
    [InlineData(3, 2, new double[] { 2, 0, 0, 2, 0, 0 })]
    [InlineData(1, 1, new double[] { 2 })]
    public void IdentityIsCutToTheShape(int inputs, int units, double[] expected) =>
        Assert.Equal(expected, Fill(new InitializerRule(Initializer.Identity, 2f), inputs, units));

    [Fact]
    public void ConstantsAreConstant()
    {
        Assert.All(Fill(Initializer.Zeros, 3, 4), value => Assert.Equal(0, value));
        Assert.All(Fill(Initializer.Ones, 3, 4), value => Assert.Equal(1, value));
        Assert.All(Fill(new InitializerRule(Initializer.Constant, Value: -2.5f), 3, 4), value => Assert.Equal(-2.5, value));
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

    private static double[] Fill(Initializer initializer, int inputs, int units, ulong seed = 1) =>
        Fill(new InitializerRule(initializer), inputs, units, seed);

    private static double[] Fill(InitializerRule rule, int inputs, int units, ulong seed = 1)
    {
        float[] values = new float[inputs * units];
        ParameterInitializer.Fill(rule, [inputs, units], values, new RandomSource(seed));
        return [.. values.Select(value => (double)value)];
    }
}
