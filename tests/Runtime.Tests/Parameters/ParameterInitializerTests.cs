using Unroll.Numerics;
using Unroll.Parameters;

namespace Unroll.Runtime.Tests.Parameters;

public class ParameterInitializerTests
{
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

    private static double[] Fill(Initializer initializer, int inputs, int units, ulong seed = 1) =>
        Fill(new InitializerRule(initializer), inputs, units, seed);

    private static double[] Fill(InitializerRule rule, int inputs, int units, ulong seed = 1)
    {
        float[] values = new float[inputs * units];
        ParameterInitializer.Fill(rule, [inputs, units], values, new RandomSource(seed));
        return [.. values.Select(value => (double)value)];
    }
}
