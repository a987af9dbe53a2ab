using System.Text.Json;

namespace Unroll.Runtime.Tests.Schedules;

public class ScheduleTests
{
    private static readonly JsonElement s_cases = Golden.Read("schedules.json");

    public static TheoryData<int> Cases() => [.. Enumerable.Range(0, s_cases.GetArrayLength())];

    [Theory]
    [MemberData(nameof(Cases))]
    public void TheCurveAgreesWithTheDefinition(int index)
    {
        JsonElement golden = s_cases[index];
        string name = golden.GetProperty("schedule").GetString()!;
        LearningRateSchedule schedule = Create(name, golden.GetProperty("arguments"));
        double[] steps = golden.GetProperty("steps").Doubles();
        double[] values = golden.GetProperty("values").Doubles();
        for (int i = 0; i < steps.Length; i++)
        {
            Golden.AssertClose(values[i], schedule.At((long)steps[i]), 1e-6, 1e-8, $"{name} at step {steps[i]}");
        }
    }

    [Fact]
    public void RestartsBeginExactlyAtTheirSteps()
    {
        foreach (float factor in (float[])[1f, 1.5f, 2f, 3f, 10f])
        {
            var schedule = new CosineDecayRestarts(1f, 4, factor);
            double restart = 0;
            for (double length = 4; restart < 1e9 && length == Math.Floor(length); length *= factor)
            {
                Assert.Equal(1f, schedule.At((long)restart));
                restart += length * (factor == 1f ? 1e7 : 1);
            }
        }
    }

    [Fact]
    public void BadArgumentsAreNamed()
    {
        Assert.Equal("initialLearningRate", NameOf(() => new ExponentialDecay(-1f, 10, 0.5f)));
        Assert.Equal("decaySteps", NameOf(() => new ExponentialDecay(1f, 0, 0.5f)));
        Assert.Equal("decayRate", NameOf(() => new InverseTimeDecay(1f, 1, float.NaN)));
        Assert.Equal("power", NameOf(() => new PolynomialDecay(1f, 1, power: 0f)));
        Assert.Equal("endLearningRate", NameOf(() => new PolynomialDecay(1f, 1, -1f)));
        Assert.Equal("alpha", NameOf(() => new CosineDecay(1f, 1, alpha: 2f)));
        Assert.Equal("warmupTarget", NameOf(() => new CosineDecay(1f, 1, warmupTarget: -1f)));
        Assert.Equal("warmupSteps", NameOf(() => new CosineDecay(1f, 1, warmupSteps: -1)));
        Assert.Equal("periodFactor", NameOf(() => new CosineDecayRestarts(1f, 1, periodFactor: 0.5f)));
        Assert.Equal("values", NameOf(() => new PiecewiseConstantDecay([1], [-1f, 1f])));
        Assert.Equal(
            "2 boundaries need 3 values, but there are 2. (Parameter 'values')",
            Assert.Throws<ArgumentException>(() => new PiecewiseConstantDecay([1, 2], [1f, 2f])).Message);
        Assert.Contains(
            "2 follows 2", Assert.Throws<ArgumentException>(() => new PiecewiseConstantDecay([2, 2], [1f, 2f, 3f])).Message);
    }

    private static string? NameOf(Func<object> make) => Assert.Throws<ArgumentOutOfRangeException>(() => make()).ParamName;

    private static LearningRateSchedule Create(string name, JsonElement arguments)
    {
        float F(int index, float otherwise = 0f) => index < arguments.GetArrayLength() ? (float)arguments[index].GetDouble() : otherwise;
        bool B(int index) => index < arguments.GetArrayLength() && arguments[index].GetBoolean();
        int count = arguments.GetArrayLength();
        return name switch
        {
            "ExponentialDecay" => new ExponentialDecay(F(0), (int)F(1), F(2), B(3)),
            "InverseTimeDecay" => new InverseTimeDecay(F(0), (int)F(1), F(2), B(3)),
            "PolynomialDecay" => count == 2
                ? new PolynomialDecay(F(0), (int)F(1))
                : new PolynomialDecay(F(0), (int)F(1), F(2), F(3), B(4)),
            "CosineDecay" => count == 2
                ? new CosineDecay(F(0), (int)F(1))
                : new CosineDecay(F(0), (int)F(1), F(2), count > 3 ? F(3) : null, (int)F(4)),
            "CosineDecayRestarts" => count == 2
                ? new CosineDecayRestarts(F(0), (int)F(1))
                : new CosineDecayRestarts(F(0), (int)F(1), F(2), F(3, 1f), F(4)),
            "PiecewiseConstantDecay" => new PiecewiseConstantDecay(
                [.. arguments[0].Doubles().Select(step => (long)step)], arguments[1].Floats()),
            _ => throw new ArgumentException($"No schedule is called {name}.", nameof(name)),
        };
    }
}
