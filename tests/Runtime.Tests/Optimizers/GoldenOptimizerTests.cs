using System.Text.Json;

namespace Unroll.Runtime.Tests.Optimizers;

public class GoldenOptimizerTests
{
    private static readonly JsonElement s_golden = Golden.Read("optimizers.json");

    public static TheoryData<int> Cases() => [.. Enumerable.Range(0, s_golden.GetProperty("cases").GetArrayLength())];

    [Theory]
    [MemberData(nameof(Cases))]
    public void FiveStepsAgreeWithTheDefinition(int index)
    {
        JsonElement golden = s_golden.GetProperty("cases")[index];
        float[] start = s_golden.GetProperty("start").Floats();
        string name = golden.GetProperty("optimizer").GetString()!;
        var trained = new TrainedArray(OptimizerCatalogue.Create(name, golden.GetProperty("options")), start);

        foreach (JsonElement gradients in s_golden.GetProperty("gradients").EnumerateArray())
        {
            trained.Step(gradients.Floats());
        }

        double[] expected = golden.GetProperty("expected").Doubles();
        for (int i = 0; i < expected.Length; i++)
        {
            Golden.AssertClose(expected[i], trained.Parameters[i], 1e-6, 1e-6, $"{name}[{i}] {golden.GetProperty("options")}");

            // The way gone, too: a step of the wrong length hides in a parameter that hardly moved.
            double moved = expected[i] - start[i];
            Golden.AssertClose(moved, (double)trained.Parameters[i] - start[i], 1e-4, 3e-7, $"{name}[{i}] step");
        }
    }

    [Fact]
    public void EveryOptimizerHasAGoldenCase()
    {
        IEnumerable<string> pinned = s_golden.GetProperty("cases").EnumerateArray().Select(c => c.GetProperty("optimizer").GetString()!);
        IEnumerable<string> shipped = typeof(Optimizer).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(Optimizer)) && !type.IsAbstract)
            .Select(type => type.Name);
        Assert.Equal(shipped.Order(StringComparer.Ordinal), pinned.Distinct().Order(StringComparer.Ordinal));
    }
}
