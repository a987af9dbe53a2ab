using System.Text.RegularExpressions;

namespace Unroll.Generator.Tests.Emission;

/// <summary>A step of a stream through a small recurrent layer is one kernel, whose sums and gates stay in registers.</summary>
public sealed partial class CellStepTests
{
    [Theory]
    [InlineData("LSTM", 16)]
    [InlineData("LSTM", 3)]
    [InlineData("GRU", 16)]
    [InlineData("SimpleRNN", 5)]
    public void ASmallCellIsOneKernel(string cell, int units)
    {
        string step = StepOf($"[{cell}({units})]");

        Assert.Single(CellSteps().Matches(step));
        Assert.DoesNotContain("LoopCell", step, StringComparison.Ordinal);
        Assert.Single(Products().Matches(step));
    }

    // More units, or a product between the gates.
    [Theory]
    [InlineData("[LSTM(17)]")]
    [InlineData("[GRU(16, ResetAfter = false)]")]
    public void OthersAreProductsAndFormulas(string layer)
    {
        string step = StepOf(layer);

        Assert.Empty(CellSteps().Matches(step));
        Assert.Contains("LoopCell", step, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8, null, true)]
    [InlineData(9, null, false)]
    [InlineData(8, "Vector512", true)]
    public void HalfAVectorOfUnitsTakesTheNarrowerKernel(int units, string? machines, bool isNarrower)
    {
        string kernels = Text(Run($"[LSTM({units})]", machines), "Vector512");

        Assert.Equal(isNarrower, kernels.Contains("Vector256Kernels.Lstm1Step", StringComparison.Ordinal));
    }

    private static string StepOf(string layer)
    {
        string schedule = Text(Run(layer, machines: null), "Schedule");
        return schedule[schedule.IndexOf("override void Step(", StringComparison.Ordinal)..];
    }

    private static string Text(GeneratorOutcome outcome, string part) =>
        outcome.Sources.Single(source => source.HintName == $"Shop.Net.{part}.g.cs").SourceText.ToString();

    private static GeneratorOutcome Run(string layer, string? machines)
    {
        GeneratorOutcome outcome = GeneratorHarness.Run(
            GeneratorHarness.Compilation(GeneratorHarness.InShop($"[Network(40, 3, Streaming = true)] {layer} [Dense(1)] public sealed partial class Net;")),
            GeneratorHarness.Driver(new BuildProperty("UnrollMachines", machines)));
        Assert.Empty(outcome.FromCompiler);
        return outcome;
    }

    [GeneratedRegex(@"K\.\w+1Step\w*\(")]
    private static partial Regex CellSteps();

    // That of the inputs; the dense layer's is none of the recurrent layer.
    [GeneratedRegex(@"K\.(Lstm|Gru|SimpleRnn)1Single\w*\(")]
    private static partial Regex Products();
}
