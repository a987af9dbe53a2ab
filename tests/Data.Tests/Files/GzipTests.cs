using System.IO.Compression;
using System.Text;

namespace Unroll.Data.Tests;

public class GzipTests
{
    private static readonly byte[] s_rows = Encoding.UTF8.GetBytes(Rows(3000));

    [Fact]
    public void RefusesATableWhoseTailBecameZeros()
    {
        byte[] whole = TemporaryDirectory.Gzipped(s_rows);
        var random = new Random(3);
        for (int i = 0; i < 300; i++)
        {
            byte[] damaged = [.. whole];
            damaged.AsSpan(random.Next(20, damaged.Length - 8)).Clear();
            Assert.Throws<InvalidDataException>(() => Load(damaged));
        }
    }

    [Fact]
    public void RefusesATableCutAnywhere()
    {
        byte[] whole = TemporaryDirectory.Gzipped(Encoding.UTF8.GetBytes(Rows(200)));
        for (int length = 2; length < whole.Length; length++)
        {
            Assert.StartsWith("t.csv.gz: ", Assert.Throws<InvalidDataException>(() => Load(whole[..length])).Message);
        }
    }

    [Theory]
    [InlineData(0), InlineData(8)]
    public void RefusesImagesWithAFlippedBit(int cut)
    {
        var random = new Random(3);
        byte[] pixels = new byte[16 + 50 * 784];
        random.NextBytes(pixels);
        IdxBytes.Images(50, 28, 28).AsSpan(0, 16).CopyTo(pixels);
        byte[] whole = TemporaryDirectory.Gzipped(pixels)[..^cut];
        for (int i = 0; i < 300; i++)
        {
            byte[] damaged = [.. whole];
            damaged[random.Next(10, damaged.Length)] ^= (byte)(1 << random.Next(8));
            Assert.Throws<InvalidDataException>(() => Idx.ReadImages(new MemoryStream(damaged)));
        }
    }

    [Fact]
    public void RefusesImagesWithoutChecksumAndLength()
    {
        byte[] cut = TemporaryDirectory.Gzipped(IdxBytes.Images(50, 28, 28))[..^8];

        string message = Assert.Throws<InvalidDataException>(() => Idx.ReadImages(new MemoryStream(cut), "x.gz")).Message;

        Assert.StartsWith("x.gz: the gzip data are damaged or cut short: expected the checksum and the length of 39216 bytes", message);
    }

    [Fact]
    public void ReportsDamageRatherThanWhatItMadeOfTheRows()
    {
        // A row of one cell, which would be an error of its own, in data with a wrong checksum.
        byte[] damaged = TemporaryDirectory.Gzipped(Encoding.UTF8.GetBytes("a,b\n1\n"));
        damaged[^6] ^= 1;

        Assert.Contains("checksum", Assert.Throws<InvalidDataException>(() => Load(damaged)).Message);
    }

    [Fact]
    public void TellsWhatFollowsTheData()
    {
        byte[] gzip = TemporaryDirectory.Gzipped(s_rows);
        byte[] followed = [.. gzip, .. "<html>"u8];

        string message = Assert.Throws<InvalidDataException>(() => Load(followed)).Message;

        Assert.Equal(
            $"t.csv.gz: the gzip data end at byte {gzip.Length}, but something else follows them, which begins with 3C68746D6C3E "
            + "(hexadecimal).",
            message);
    }

    [Fact]
    public void ReadsMembersOneAfterTheOther()
    {
        byte[] members = [];
        foreach (string part in new[] { "a,b\n1,", "", "2\n3", ",4\n" })
        {
            members = [.. members, .. TemporaryDirectory.Gzipped(Encoding.UTF8.GetBytes(part))];
        }

        Assert.Equal([["1", "3"], ["2", "4"]], Tables.Columns(Load(members)));
        members[^5] ^= 1;
        Assert.Throws<InvalidDataException>(() => Load(members));
    }

    [Fact]
    public void PassesOverNamesAndOtherFieldsOfTheHeader()
    {
        byte[] gzip = TemporaryDirectory.Gzipped("a\n1\n"u8.ToArray());
        byte[] header = [.. gzip[..3], 0x1E, .. gzip[4..10], 3, 0, 9, 9, 9, .. "name\0"u8, .. "comment\0"u8, 1, 2];

        Assert.Equal(["1"], Load([.. header, .. gzip[10..]]).Texts("a"));
        Assert.Throws<InvalidDataException>(() => Load(header[..14]));
    }

    [Theory]
    [InlineData(1), InlineData(7), InlineData(8192)]
    public void ReadsAStreamThatGivesLittleAtATime(int most)
    {
        byte[] twice = [.. TemporaryDirectory.Gzipped(s_rows), .. TemporaryDirectory.Gzipped("7,8\n"u8.ToArray())];

        Table table = Csv.Load(new SlowStream(twice, most));

        Assert.Equal(3001, table.RowCount);
        Assert.Equal("8", table.Texts("b")[3000]);
    }

    /// <summary>Half a minute of decompression, so only on demand: <c>--explicit on</c>.</summary>
    [Fact(Explicit = true)]
    public void ReadsMoreThanTwoGibibytes()
    {
        // Wide blanks around each cell: 2.2 thousand million characters, a few rows.
        byte[] row = Encoding.UTF8.GetBytes("1" + new string(' ', 8 << 20) + ",2\n");
        using var directory = new TemporaryDirectory();
        string path = Path.Combine(directory.Path, "large.csv.gz");
        using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest))
        {
            gzip.Write("a,b\n"u8);
            for (int i = 0; i < 270; i++)
            {
                gzip.Write(row);
            }
        }

        Assert.Equal(270, Csv.Load(path).RowCount);
    }

    private static Table Load(byte[] bytes) => Csv.Load(new MemoryStream(bytes), null, "t.csv.gz");

    private static string Rows(int count)
    {
        var random = new Random(3);
        return "a,b\n" + string.Concat(Enumerable.Range(0, count).Select(_ => $"{random.Next(1000)},{random.Next(10_000)}\n"));
    }

    private sealed class SlowStream(byte[] bytes, int most) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, most));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, most)]);
    }
}
