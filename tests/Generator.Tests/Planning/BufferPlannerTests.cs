namespace Unroll.Generator.Tests.Planning;

public sealed class BufferPlannerTests
{
    /// <summary>Rows of whole cache lines are as the caller has them already; those 1 KiB apart are so in a training block only. There are four passes: inference, that of a single sample, that which keeps every value, and training.</summary>
    [Theory]
    [InlineData("784", 0)]
    [InlineData("3, 16", 0)]
    [InlineData("12", 4)]
    [InlineData("3, 5", 4)]
    [InlineData("256", 2)]
    public void TheInputIsCopiedOnlyIntoAnotherLayout(string input, int copies)
    {
        GeneratorOutcome outcome = GeneratorHarness.Run(GeneratorHarness.InShop(
            $"[Network({input})] [Rescaling(0.5f)] [Dense(8)] public partial class Net;"));

        string schedule = outcome.Sources.Single(static source => source.HintName.EndsWith("Schedule.g.cs", StringComparison.Ordinal))
            .SourceText.ToString();
        Assert.Empty(outcome.Reported);
        Assert.Equal(copies, schedule.Split("VectorCopy.Repack(").Length - 1);
    }

    [Fact]
    public void AnOutputIsNeverTheCallersInput()
    {
        GeneratorOutcome outcome = GeneratorHarness.Run(GeneratorHarness.InShop("[Network(16)] [Dropout(0.5f)] public partial class Net;"));

        Assert.Contains(outcome.Sources, static source => source.SourceText.ToString().Contains("VectorCopy.Repack(", StringComparison.Ordinal));
    }
}
