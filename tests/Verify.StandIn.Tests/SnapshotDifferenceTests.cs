namespace VerifyTests.StandIn.Tests;

public sealed class SnapshotDifferenceTests
{
    [Theory]
    [InlineData("a b c d e f g", "a b c X e f g", "  ...|  b|  c|- d|+ X|  e|  f")]
    [InlineData("a b", "a b c", "  a|  b|+ c")]
    [InlineData("a b c", "b c", "- a|  b|  c")]
    [InlineData("a b c", "X b Y", "- a|+ X|  b|- c|+ Y")]
    [InlineData("1 a b c d e f 2", "3 a b c d e f 4", "- 1|+ 3|  a|  b|  ...|  e|  f|- 2|+ 4")]
    public void ShowsChangedLinesAndTheirNeighbours(string verified, string received, string expected) =>
        Assert.Equal(expected.Replace('|', '\n'), SnapshotDifference.Describe(verified.Replace(' ', '\n'), received.Replace(' ', '\n')));

    [Fact]
    public void WhiteSpaceMatters() => Assert.Equal("- a\n+  a", SnapshotDifference.Describe("a", " a"));

    [Fact]
    public void TheEndOfTheFileMatters() => Assert.NotEmpty(SnapshotDifference.Describe("a\n", "a"));

    [Fact]
    public void LongDifferencesAreCut()
    {
        string received = string.Join('\n', Enumerable.Range(0, 500));

        Assert.EndsWith("more lines", SnapshotDifference.Describe("", received), StringComparison.Ordinal);
    }
}
