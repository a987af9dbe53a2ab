using System.Text;

namespace Unroll.Data.Tests;

public class TextEncodingTests
{
    private const string Names = "name,y\nM\u00FCller,1\nM\u00F6ller,2\nMeier,3\n";

    private static readonly Encoding s_windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    [Fact]
    public void RefusesBytesThatAreNoText()
    {
        string message = Assert.Throws<FormatException>(() => Load(Encoding.Latin1.GetBytes(Names))).Message;

        Assert.StartsWith("t.csv, line 2: expected text in utf-8, but byte 8 of the text, counted from 0, is FC", message);
        Assert.Contains("CsvOptions.Encoding", message);
    }

    [Theory]
    [InlineData(0), InlineData(16383), InlineData(16384), InlineData(16385), InlineData(40000)]
    public void CountsBytesWhereverTheyAre(int before)
    {
        byte[] start = Encoding.UTF8.GetBytes("\uFEFF" + new string('a', before));

        foreach (byte[] wrong in new byte[][] { [0xFF], [0xC3, 0x28], [0xE2, 0x82, 0x28], [0xE2, 0x82] })
        {
            string message = Assert.Throws<FormatException>(() => Load([.. start, .. wrong])).Message;
            Assert.Contains($"byte {start.Length} of the text", message);
        }
    }

    [Fact]
    public void ReadsOtherEncodings()
    {
        foreach (Encoding encoding in new[] { Encoding.Latin1, s_windows, Encoding.Unicode, Encoding.UTF8, Encoding.UTF32 })
        {
            Table table = Load(encoding.GetBytes(Names), new CsvOptions { Encoding = encoding });

            Assert.Equal(["Meier", "M\u00F6ller", "M\u00FCller"], table.EncodeOneHot("name").Categories("name"));
        }
    }

    [Fact]
    public void ObeysAByteOrderMark()
    {
        foreach (Encoding encoding in new[] { Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32 })
        {
            byte[] marked = [.. encoding.Preamble, .. encoding.GetBytes(Names)];

            Assert.Equal("M\u00FCller", Load(marked, new CsvOptions { Encoding = Encoding.Latin1 }).Texts("name")[0]);
        }
    }

    [Fact]
    public void RefusesUtf16WithoutAByteOrderMark()
    {
        string message = Assert.Throws<FormatException>(() => Load(Encoding.Unicode.GetBytes("a,b\n1,2\n"))).Message;

        Assert.StartsWith("t.csv, line 1: expected text in utf-8, but found a zero character", message);
    }

    [Fact]
    public void RefusesWhatAGivenEncodingDoesNotHave() =>
        Assert.Contains(
            "us-ascii",
            Assert.Throws<FormatException>(() => Load(Encoding.UTF8.GetBytes(Names), new CsvOptions { Encoding = Encoding.ASCII })).Message);

    [Fact]
    public void RefusesCategoriesThatWereDecodedWrongly()
    {
        // A reader of the caller's own puts U+FFFD where it cannot read.
        Table table = Csv.Load(new StreamReader(new MemoryStream(Encoding.Latin1.GetBytes(Names))), null, "t.csv");

        string message = Assert.Throws<FormatException>(() => table.EncodeLabels("name")).Message;

        Assert.StartsWith("t.csv, line 2, column 1 ('name')", message);
        Assert.EndsWith("found 'M\\uFFFDller'.", message);
    }

    private static Table Load(byte[] bytes, CsvOptions? options = null) => Csv.Load(new MemoryStream(bytes), options, "t.csv");
}
