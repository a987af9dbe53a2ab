using Unroll.Optimizers;

namespace Unroll.Runtime.Tests.Optimizers;

public sealed class DecayRateTests
{
    public static TheoryData<float, double> Rates => new() { { 0f, 0 }, { 0.5f, 0.5 }, { 0.9f, 0.9 }, { 0.99f, 0.99 }, { 0.999f, 0.999 }, { 0.9999f, 0.9999 } };

    /// <summary>Powers that no longer count are not computed, and not a bit changes.</summary>
    [Theory]
    [MemberData(nameof(Rates))]
    public void BiasIsThatOfThePower(float rate, double written)
    {
        var decay = new DecayRate(rate);
        for (long t = 1; t < 1_000_000; t += 1 + (t / 50))
        {
            Assert.Equal(1 - Math.Pow(written, t), decay.Bias(t));
        }
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void GainIsOfTheFractionAsWritten(float rate, double written) => Assert.Equal((float)(1 - written), new DecayRate(rate).Gain);
}
