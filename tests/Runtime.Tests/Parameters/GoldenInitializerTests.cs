using System.Text.Json;
using Unroll.Numerics;
using Unroll.Parameters;

namespace Unroll.Runtime.Tests.Parameters;

/// <summary>Moments and limits of what is drawn, against tests/golden/initializers.py.</summary>
public sealed class GoldenInitializerTests
{
    private static readonly JsonElement s_cases = Golden.Read("initializers.json");

    public static TheoryData<int> Cases() => [.. Enumerable.Range(0, s_cases.GetArrayLength())];

    /// <summary>What is not drawn at random, or as a whole, is checked value by value in <see cref="ParameterInitializerTests"/>.</summary>
    [Fact]
    public void EveryRandomInitializerIsHere() => Assert.Equal(
        Enum.GetValues<Initializer>().Except([Initializer.Zeros, Initializer.Ones, Initializer.Constant, Initializer.Identity, Initializer.Orthogonal]).Order(),
        s_cases.EnumerateArray().Select(static golden => Enum.Parse<Initializer>(golden.GetProperty("initializer").GetString()!)).Distinct().Order());

    [Theory]
    [MemberData(nameof(Cases))]
    public void MomentsAndLimitsAgreeWithTheDefinition(int index)
    {
        JsonElement golden = s_cases[index];
        int[] shape = [.. golden.GetProperty("shape").EnumerateArray().Select(static axis => axis.GetInt32())];
        float[] values = new float[shape[0] * shape[1]];
        ParameterInitializer.Fill(RuleOf(golden), shape, values, new RandomSource(1));
        double mean = values.Average(static value => (double)value);
        double variance = values.Average(static value => (double)value * value);
        double fourth = values.Average(static value => Math.Pow(value, 4));
        double expected = golden.GetProperty("variance").GetDouble();

        // Mean and variance of 60,000 draws scatter by 0.4 and 0.6 percent of the deviation and the variance: the bounds are five times that.
        Assert.InRange(mean / Math.Sqrt(expected), -0.02, 0.02);
        Assert.InRange(variance / expected, 0.97, 1.03);
        Assert.InRange(fourth / (variance * variance) / golden.GetProperty("kurtosis").GetDouble(), 0.95, 1.05);
        foreach (double end in new double[] { values.Max(), -values.Min() })
        {
            if (golden.GetProperty("limit").ValueKind == JsonValueKind.Null)
            {
                Assert.True(end > 3.5 * Math.Sqrt(expected));
            }
            else
            {
                Assert.InRange(end / golden.GetProperty("limit").GetDouble(), 0.99, 1.0000002);
            }
        }
    }

    private static InitializerRule RuleOf(JsonElement golden)
    {
        Initializer initializer = Enum.Parse<Initializer>(golden.GetProperty("initializer").GetString()!);
        if (!golden.TryGetProperty("scale", out JsonElement scale))
        {
            return new InitializerRule(initializer);
        }

        return golden.TryGetProperty("mode", out JsonElement mode)
            ? new InitializerRule(
                initializer,
                (float)scale.GetDouble(),
                Mode: Enum.Parse<FanMode>(mode.GetString()!),
                Distribution: Enum.Parse<InitializerDistribution>(golden.GetProperty("distribution").GetString()!))
            : new InitializerRule(initializer, (float)scale.GetDouble());
    }
}
