namespace Unroll.Generator.Tests.Planning;

/// <summary>The loops of contractions without a kernel: how many steps, and how far each goes in a, b and y.</summary>
public sealed class ContractionPlannerTests
{
    /// <summary>Innermost is what lies one after another in two of the values; an axis of one element is no loop.</summary>
    /// <param name="a">The shape of one operand.</param>
    /// <param name="b">That of the other.</param>
    /// <param name="axes">Of the sums.</param>
    /// <param name="expected">Sizes and strides, the innermost last. Vectors of inputs follow one another, those of the result and of a turned operand are 16 floats apart.</param>
    [Theory]
    [InlineData("3, 5", "4, 5", "2", "[3, 4, 5], [5, 0, 1], [0, 5, 1], [16, 1, 0]")]
    [InlineData("5, 3", "5, 4", "1", "[3, 5, 4], [1, 3, 0], [0, 4, 1], [16, 0, 1]")]
    [InlineData("3, 5", "5, 4", "2, 1", "[3, 5, 4], [5, 1, 0], [0, 4, 1], [16, 0, 1]")]
    [InlineData("5, 3", "4, 5", "1, 2", "[3, 4, 5], [16, 0, 1], [0, 5, 1], [16, 1, 0]")]
    [InlineData("3, 1", "4, 1", "2", "[3, 4], [1, 0], [0, 1], [16, 1]")]
    [InlineData("5", "5", "1", "[5], [1], [1], [0]")]
    [InlineData("1", "1", "1", "[], [], [], []")]
    public void TheInnermostLoopIsThatOfNeighbors(string a, string b, string axes, string expected)
    {
        GeneratorOutcome outcome = GeneratorHarness.Run(GeneratorHarness.InShop(
            $"[Network] [Input(\"a\", {a})] [Input(\"b\", {b})] [Dot(\"a\", \"b\", Axes = [{axes}])] public partial class Net;"));

        Assert.Empty(outcome.Reported);
        Assert.Contains(outcome.Sources, source =>
            source.HintName.EndsWith("Schedule.g.cs", StringComparison.Ordinal)
            && source.SourceText.ToString().Contains($"{expected}, ", StringComparison.Ordinal)
            && source.SourceText.ToString().Contains("Contraction.Run(", StringComparison.Ordinal));
    }
}
