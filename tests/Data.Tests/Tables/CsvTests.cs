using System.Text;

namespace Unroll.Data.Tests;

public class CsvTests
{
    [Theory]
    [InlineData(',', "a,b\n1,2\n3,4\n"), InlineData(';', "a;b\n1;2\n3;4"), InlineData('\t', "a\tb\r\n1\t2\r\n3\t4\r\n")]
    [InlineData('|', "a | b\n\n 1 | 2 \n\n3|4\n\n"), InlineData(' ', "  a   b\n1 \t 2  \n\t3 4")]
    public void ReadsAnySeparator(char separator, string text)
    {
        Table table = Tables.Of(text, new CsvOptions { Separator = separator });

        Assert.Equal(["a", "b"], table.ColumnNames);
        Assert.Equal(2, table.RowCount);
        Assert.Equal([["1", "3"], ["2", "4"]], Tables.Columns(table));
    }

    [Fact]
    public void ReadsQuotes()
    {
        Table table = Tables.Of("name,\"the, value\"\n\"a \"\"b\"\"\",1\n\"two\nlines\" ,2\n\"\",3\n");

        Assert.Equal(["name", "the, value"], table.ColumnNames);
        Assert.Equal(["a \"b\"", "two\nlines", ""], table.Texts("name"));
        Assert.Equal(["1", "2", "3"], table.Texts("the, value"));
    }

    [Fact]
    public void KeepsBlanksInsideQuotesBetweenRunsOfBlanks()
    {
        Table table = Tables.Of(
            "18.0   8.  \"chevrolet  chevelle\tmalibu\"\n 9.0   8\t\"a \"\" b\"\n", new CsvOptions { Separator = ' ', HasHeader = false });

        Assert.Equal([["18.0", "9.0"], ["8.", "8"], ["chevrolet  chevelle\tmalibu", "a \" b"]], Tables.Columns(table));
    }

    [Fact]
    public void NamesColumnsWithoutAHeader()
    {
        Table table = Tables.Of("1,2\n3,4\n", new CsvOptions { HasHeader = false });

        Assert.Equal(["column1", "column2"], table.ColumnNames);
        Assert.Equal(2, table.RowCount);
    }

    [Fact]
    public void NamesAColumnTheHeaderLeavesUnnamed() => Assert.Equal(["column1", "a"], Tables.Of(",a\n0,5\n").ColumnNames);

    [Theory]
    [InlineData(true, 1), InlineData(false, 2)]
    public void TakesGivenNames(bool hasHeader, int rows)
    {
        Table table = Tables.Of("1,2\n3,4\n", new CsvOptions { HasHeader = hasHeader, ColumnNames = ["x", "y"] });

        Assert.Equal(["x", "y"], table.ColumnNames);
        Assert.Equal(rows, table.RowCount);
    }

    [Fact]
    public void SkipsLinesOfMetadata()
    {
        Table table = Tables.Of("150,4,setosa \"x\nmore\na,b\n1,2\n", new CsvOptions { SkipLines = 2 });

        Assert.Equal([["1"], ["2"]], Tables.Columns(table));
        Assert.Equal(["a", "b"], table.ColumnNames);
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public void ReadsFilesGzippedOrNot(bool gzipped)
    {
        using var directory = new TemporaryDirectory();
        byte[] text = Encoding.UTF8.GetBytes("\uFEFFä,b\n1,2\n");
        string path = directory.Write("file", gzipped ? TemporaryDirectory.Gzipped(text) : text);

        Assert.Equal(["ä", "b"], Csv.Load(path).ColumnNames);
    }

    [Fact]
    public void RefusesCutGzipEvenWhereALineEnds()
    {
        using var directory = new TemporaryDirectory();
        byte[] compressed = TemporaryDirectory.Gzipped(Encoding.UTF8.GetBytes(RandomRows(5000)));
        for (int cut = 1; cut < compressed.Length; cut += compressed.Length / 20)
        {
            string path = directory.Write("cut.csv.gz", compressed[..^cut]);
            Assert.StartsWith(path, Assert.Throws<InvalidDataException>(() => Csv.Load(path)).Message);
        }
    }

    [Fact]
    public void RefusesDamagedGzip()
    {
        using var directory = new TemporaryDirectory();
        byte[] compressed = TemporaryDirectory.Gzipped(Encoding.UTF8.GetBytes(RandomRows(500)));
        compressed[^6] ^= 0xFF;
        string path = directory.Write("damaged.csv.gz", compressed);

        Assert.StartsWith($"{path}: the gzip data are damaged", Assert.Throws<InvalidDataException>(() => Csv.Load(path)).Message);
    }

    [Fact]
    public void LeavesTheCallersReaderOpen()
    {
        using var text = new StringReader("a\n1\n");

        Csv.Load(text);

        Assert.Equal(-1, text.Read());
    }

    [Fact]
    public void NamesAMissingFile() =>
        Assert.Contains("nowhere.csv", Assert.Throws<FileNotFoundException>(() => Csv.Load("nowhere.csv")).Message);

    private static string RandomRows(int count)
    {
        var random = new Random(1);
        return "a\n" + string.Concat(Enumerable.Range(0, count).Select(_ => random.Next(1_000_000) + "\n"));
    }
}
