namespace Unroll.Generator.Tests.Planning;

/// <summary>A single sample's forward pass in phases, for threads to share the rows of its pictures.</summary>
public sealed class SharedRowsTests
{
    [Fact]
    public void EachLargeConvolutionIsAPhaseAndWhatLiesBetweenIsOne()
    {
        GeneratorOutcome outcome = Run("[Network(32, 32, 3)] [Conv2D(32, 3, Padding = Padding.Same)] [Conv2D(32, 3)] [MaxPooling2D(2)] [Flatten] [Dense(2)]");

        string network = TextOf(outcome, "Shop.Net.g.cs");
        Assert.Contains("RowPhases = [false, true, true, false],", network, StringComparison.Ordinal);
        string schedule = TextOf(outcome, "Shop.Net.Schedule.g.cs");
        Assert.Contains("public override void InferRows(", schedule, StringComparison.Ordinal);
        Assert.Contains("part * 32 / parts, (part + 1) * 32 / parts", schedule, StringComparison.Ordinal);

        // Rows of the picture that is pooled.
        Assert.Contains("part * 15 / parts, (part + 1) * 15 / parts", schedule, StringComparison.Ordinal);
    }

    /// <summary>Of little work, or of signals, which have no rows.</summary>
    [Theory]
    [InlineData("[Network(12, 12, 3)] [Conv2D(16, 3)] [Flatten] [Dense(2)]")]
    [InlineData("[Network(512, 32)] [Conv1D(128, 5)] [Flatten] [Dense(2)]")]
    public void OthersHaveNone(string layers)
    {
        GeneratorOutcome outcome = Run(layers);

        Assert.DoesNotContain("RowPhases", TextOf(outcome, "Shop.Net.g.cs"), StringComparison.Ordinal);
        Assert.DoesNotContain("InferRows", TextOf(outcome, "Shop.Net.Schedule.g.cs"), StringComparison.Ordinal);
    }

    private static GeneratorOutcome Run(string layers)
    {
        GeneratorOutcome outcome = GeneratorHarness.Run(GeneratorHarness.InShop($"{layers} public partial class Net;"));
        Assert.Empty(outcome.FromCompiler);
        return outcome;
    }

    private static string TextOf(GeneratorOutcome outcome, string name) => outcome.Sources.Single(source => source.HintName == name).SourceText.ToString();
}
