namespace Unroll.Generator.Tests.Emission;

/// <summary>Products of a single vector with a kernel that the nearest cache does not hold begin with what the step before has left there.</summary>
public sealed class SingleProductTests
{
    [Theory]
    [InlineData("LSTM", 64, "Vector512", "fromLast ? 128 - column : column")]
    [InlineData("LSTM", 64, "Vector256", "fromLast ? 192 - column : column")]
    [InlineData("GRU", 64, "Vector512", "fromLast ? 96 - column : column")]
    public void LargeKernelsAreReadInTurns(string layer, int units, string machine, string order)
    {
        GeneratorOutcome outcome = Run($"[{layer}({units})]");
        string schedule = Text(outcome, "Schedule");

        Assert.Contains("            isOdd);", StepOf(schedule), StringComparison.Ordinal);
        Assert.Contains("                t % 2 != 0);", SampleOf(schedule), StringComparison.Ordinal);
        Assert.Contains(order, Text(outcome, machine), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[LSTM(32)]")]
    [InlineData("[GRU(40)]")]
    public void SmallOnesAreNot(string layer)
    {
        GeneratorOutcome outcome = Run(layer);

        Assert.DoesNotContain("isOdd);", Text(outcome, "Schedule"), StringComparison.Ordinal);
        Assert.DoesNotContain("t % 2", Text(outcome, "Schedule"), StringComparison.Ordinal);
        Assert.DoesNotContain("fromLast", Text(outcome, "Vector512"), StringComparison.Ordinal);
    }

    private static string StepOf(string schedule) => schedule[schedule.IndexOf("override void Step(", StringComparison.Ordinal)..];

    private static string SampleOf(string schedule) => schedule[schedule.IndexOf("override void InferSample(", StringComparison.Ordinal)..];

    private static string Text(GeneratorOutcome outcome, string part) =>
        outcome.Sources.Single(source => source.HintName == $"Shop.Net.{part}.g.cs").SourceText.ToString();

    private static GeneratorOutcome Run(string layer)
    {
        GeneratorOutcome outcome = GeneratorHarness.Run(
            GeneratorHarness.Compilation(GeneratorHarness.InShop($"[Network(40, 3, Streaming = true)] {layer} [Dense(1)] public sealed partial class Net;")),
            GeneratorHarness.Driver(new BuildProperty("UnrollMachines", null)));
        Assert.Empty(outcome.FromCompiler);
        return outcome;
    }
}
