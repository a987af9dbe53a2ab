namespace Unroll.Data.Tests;

public class InvisibleTextTests
{
    [Theory]
    [InlineData("\uFEFF"), InlineData("\u00A0"), InlineData("\u200B"), InlineData("\u202F"), InlineData("\u3000"), InlineData("\u2060")]
    [InlineData("\u00AD"), InlineData("\u200E"), InlineData(" \t\u00A0 "), InlineData("\u2800"), InlineData("\u0001"), InlineData("\u0085")]
    public void TrimsWhatIsInvisible(string invisible)
    {
        Table table = Tables.Of($"{invisible}y{invisible},a\nred,2\n{invisible}red,5\nred{invisible},{invisible}6\n\"blue\"{invisible},1{invisible}\n")
            .EncodeLabels("y");

        Assert.Equal(["blue", "red"], table.Categories("y"));
        Assert.Equal([2f, 5f, 6f, 1f], table.ToDataset(["a"], "y").Features.ToArray());
    }

    [Theory]
    [InlineData("New\u00A0York", "New York"), InlineData("new\u200Bborn", "newborn"), InlineData("a  b", "a b"), InlineData("\" x\"", "x")]
    [InlineData("Mu\u0308ller", "M\u00FCller")]
    public void RefusesCategoriesThatLookAlike(string first, string second)
    {
        Table table = Tables.Of($"y,a\n{first},2\nother,3\n{second},5\n");

        string message = Assert.Throws<FormatException>(() => table.EncodeOneHot("y")).Message;

        Assert.Contains("column 1 ('y'): expected a category that can be told from", message);
    }

    [Fact]
    public void ShowsWhatIsInvisible()
    {
        string number = Assert.Throws<FormatException>(() => Tables.Of("a,b\n1\u00A02,1\n").ToDataset(["a"], "b")).Message;
        string category = Assert.Throws<FormatException>(() => Tables.Of("y,a\na\u200Bb,1\nab,2\n").EncodeLabels("y")).Message;

        Assert.EndsWith("but found '1\\u00A02'.", number);
        Assert.Contains("'a\\u200Bb'", category);
    }

    [Fact]
    public void KeepsWhatJoinsInsideOfAText() =>
        Assert.Equal("\u0645\u06CC\u200C\u062E", Tables.Of("a\n\u0645\u06CC\u200C\u062E\n").Texts("a")[0]);
}
