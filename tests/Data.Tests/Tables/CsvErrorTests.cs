namespace Unroll.Data.Tests;

public class CsvErrorTests
{
    private static readonly CsvOptions s_noHeader = new() { HasHeader = false };

    [Theory]
    [InlineData(""), InlineData("\n\n"), InlineData("  \n")]
    public void RefusesAnEmptyFile(string text)
    {
        Assert.Equal("t.csv: expected a header line, but found none.", ErrorOf(text));
        Assert.Equal("t.csv: expected at least one row, but found none.", ErrorOf(text, s_noHeader));
    }

    [Fact]
    public void RefusesAHeaderWithoutRows() =>
        Assert.Equal("t.csv: expected at least one row after the header, but found none.", ErrorOf("a,b\n\n"));

    [Fact]
    public void RefusesToSkipEverything() =>
        Assert.Equal("t.csv: expected a header line, but found none.", ErrorOf("a,b\n1,2\n", new CsvOptions { SkipLines = 9 }));

    [Theory]
    [InlineData("a,b\n1,2\n\n1\n", 4, 1), InlineData("a,b\n1,2,3\n", 2, 3), InlineData("a,b\n\"1\n\n\",2\n1,2,\n", 5, 3)]
    public void RefusesRaggedRows(string text, int line, int cells) =>
        Assert.Equal($"t.csv, line {line}: expected 2 cells as in the first line, but found {cells}.", ErrorOf(text));

    [Fact]
    public void CountsSkippedLines() =>
        Assert.StartsWith("t.csv, line 5: expected 2 cells", ErrorOf("x\ny\na,b\n1,2\n1\n", new CsvOptions { SkipLines = 2 }));

    [Fact]
    public void RefusesANameTwice() => Assert.Equal(
        "t.csv, line 1: expected a different name for every column, but columns 1 and 3 are both 'a'.", ErrorOf("a,b,a\n1,2,3\n"));

    [Theory]
    [InlineData("a,b\nx\"y,2\n", "line 2: expected a cell with a quote inside to be in quotes itself")]
    [InlineData("a,b\n1,2\n\"y\"z,2\n", "line 3: expected a separator after the closing quote, but found '\"y\"z,2'")]
    [InlineData("a,b\n1,2\n\"y,2\n3,4\n", "line 3: expected a closing quote")]
    public void RefusesQuotesThatDoNotMatch(string text, string problem) => Assert.StartsWith($"t.csv, {problem}", ErrorOf(text));

    [Theory]
    [InlineData("a", 1), InlineData("a b c", 3), InlineData("a a", 2), InlineData("a ", 2)]
    public void RefusesNamesThatDoNotFit(string names, int count)
    {
        var options = new CsvOptions { ColumnNames = names.Split(' '), HasHeader = false };

        var error = Assert.Throws<ArgumentException>(() => Tables.Of("1,2\n", options));

        Assert.Contains(nameof(CsvOptions.ColumnNames), error.Message);
        Assert.Contains(count == 2 ? "different, non-empty" : $"gives {count} names, but the file has 2 columns", error.Message);
    }

    [Theory]
    [InlineData('"'), InlineData('\n'), InlineData('é')]
    public void RefusesASeparatorThatCannotBe(char separator) =>
        Assert.ThrowsAny<ArgumentException>(() => Tables.Of("a,b\n1,2\n", new CsvOptions { Separator = separator }));

    [Fact]
    public void RefusesANegativeNumberOfLines() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Tables.Of("a\n1\n", new CsvOptions { SkipLines = -1 }));

    private static string ErrorOf(string text, CsvOptions? options = null) =>
        Assert.Throws<FormatException>(() => Tables.Of(text, options)).Message;
}
