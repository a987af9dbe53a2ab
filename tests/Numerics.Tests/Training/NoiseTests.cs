using Unroll.Numerics.Tests.Harness;
using Unroll.Numerics.Tests.Oracle;

namespace Unroll.Numerics.Tests.Training;

/// <summary>Noise as outputs show it: its moments, its tails, and that it is the same everywhere.</summary>
public sealed class NoiseTests
{
    private const int Columns = 100;
    private const int Rows = 3000;
    private const int Count = Columns * Rows;

    private static readonly NetworkLibrary s_library = new(
        new Blueprint("Additive", [Columns], new GaussianNoiseSketch(0.5f)),
        new Blueprint("Factor", [Columns], new GaussianDropoutSketch(0.2f)),
        new Blueprint("Alpha", [Columns], new AlphaDropoutSketch(0.3f)))
    { Machines = Machines.Compared };

    public static TheoryData<string> Networks => ["Additive", "Factor", "Alpha"];

    /// <summary>Mean, variance, skewness, kurtosis and neighbours of a standard normal, each within 5 of its standard deviations.</summary>
    [Fact]
    public void AdditiveNoiseIsNormal()
    {
        double[] z = [.. Outputs("Additive", Machines.Widest, Zeros).Select(static value => value / 0.5)];

        AssertNear(0, z.Average(), 1.0 / Count);
        AssertNear(1, z.Average(static value => value * value), 2.0 / Count);
        AssertNear(0, z.Average(static value => value * value * value), 15.0 / Count);
        AssertNear(3, z.Average(static value => Math.Pow(value, 4)), 96.0 / Count);
        AssertNear(0, z.Zip(z.Skip(1), static (first, second) => first * second).Average(), 1.0 / Count);
        AssertNear(0, z.Zip(z.Skip(Columns), static (first, second) => first * second).Average(), 1.0 / Count);
        foreach (double bound in new[] { -4, -3, -2, -1, -0.5, 0, 0.5, 1, 2, 3, 4 })
        {
            double expected = Functions.NormalDistribution(bound);
            AssertNear(expected, z.Count(value => value < bound) / (double)Count, expected * (1 - expected) / Count);
        }
    }

    [Fact]
    public void FactorsHaveTheVarianceOfDropout()
    {
        double[] factors = [.. Outputs("Factor", Machines.Widest, Ones).Select(static value => (double)value)];

        AssertNear(1, factors.Average(), 0.25 / Count);
        AssertNear(0.25, factors.Average(static value => (value - 1) * (value - 1)), 2 * 0.25 * 0.25 / Count);
    }

    /// <summary>Inputs of mean 0 and variance 1 keep both.</summary>
    [Fact]
    public void AlphaDropoutKeepsMeanAndVariance()
    {
        double[] outputs = [.. Outputs("Alpha", Machines.Widest, Signs).Select(static value => (double)value)];

        // y² of such inputs is at most 4.
        AssertNear(0, outputs.Average(), 1.0 / Count);
        AssertNear(1, outputs.Average(static value => value * value), 4.0 / Count);
    }

    /// <summary>Every number is that of its position; machines round a normal number differently in its last bits only.</summary>
    [Theory]
    [InlineData(Machine.Vector512)]
    [InlineData(Machine.Vector256)]
    [InlineData(Machine.Neon)]
    [InlineData(Machine.Vector128)]
    public void IsTheSameAtEveryMachine(Machine machine)
    {
        foreach (string network in new[] { "Additive", "Factor", "Alpha" })
        {
            double[] widest = ReferenceNetwork.Doubles(Outputs(network, Machines.Widest, Ones));
            Closeness.AssertClose(widest, Outputs(network, machine, Ones), depth: 1, network);
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void PredictionsHaveNone(string network)
    {
        float[] inputs = RandomValues.Uniform(Columns * 3, seed: 1);

        Assert.Equal(inputs, s_library.Create(network, Machines.Widest).Predict(inputs));
    }

    private static float[] Ones => [.. Enumerable.Repeat(1f, Count)];

    private static float[] Zeros => new float[Count];

    private static float[] Signs => [.. Enumerable.Range(0, Count).Select(static i => i % 2 == 0 ? 1f : -1f)];

    private static float[] Outputs(string network, Machine machine, float[] inputs)
    {
        Model model = s_library.Create(network, machine, seed: 9);
        var loss = new CapturingLoss();
        model.Compile(new NoOptimizer(), loss);
        model.ComputeGradients(new Dataset(inputs, inputs, Rows));
        return loss.Outputs;
    }

    private static void AssertNear(double expected, double actual, double variance) =>
        Assert.InRange(actual, expected - (5 * Math.Sqrt(variance)), expected + (5 * Math.Sqrt(variance)));
}
