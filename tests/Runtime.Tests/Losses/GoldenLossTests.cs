using System.Text.Json;

namespace Unroll.Runtime.Tests.Losses;

public class GoldenLossTests
{
    private static readonly JsonElement s_cases = Golden.Read("losses.json");

    public static TheoryData<int> Cases() => [.. Enumerable.Range(0, s_cases.GetArrayLength())];

    [Fact]
    public void EveryLossIsHere() => Assert.Equal(
        LossCatalogue.Types.Select(static type => type.Name),
        s_cases.EnumerateArray().Select(static golden => golden.GetProperty("loss").GetString()!).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Cases))]
    public void ValueAndGradientAgreeWithTheDefinition(int index)
    {
        JsonElement golden = s_cases[index];
        Loss loss = LossCatalogue.Create(golden.GetProperty("loss").GetString()!, golden.GetProperty("options"));
        float[] prediction = golden.GetProperty("prediction").Floats();
        float[] target = golden.GetProperty("target").Floats();
        double[] expected = golden.GetProperty("gradient").Doubles();
        float[] gradient = new float[prediction.Length];

        float value = loss.Evaluate(prediction, target, gradient);

        Golden.AssertClose(golden.GetProperty("value").GetDouble(), value, 2e-6, 1e-7, "value");
        Assert.Equal(value, loss.Evaluate(prediction, target, []));
        double scale = expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
        {
            Golden.AssertClose(expected[i], gradient[i], 3e-6, 1e-6 * Math.Max(scale, 1e-2), $"gradient[{i}]");
        }
    }
}
