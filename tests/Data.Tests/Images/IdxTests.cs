using System.IO.Compression;

namespace Unroll.Data.Tests;

public class IdxTests
{
    [Fact]
    public void ReadsImagesFromAStream()
    {
        IdxImages images = Idx.ReadImages(new MemoryStream(IdxBytes.Images(2, 3, 4)));

        Assert.Equal((2, 3, 4), (images.Count, images.Rows, images.Columns));
        Assert.Equal(Enumerable.Range(0, 24).Select(i => (byte)i), images.Pixels);
        Assert.Equal(23 / 255f, images.ToFeatures()[23]);
    }

    [Fact]
    public void ReadsLabelsFromAStream() =>
        Assert.Equal(new byte[] { 0, 1, 2, 3, 4 }, Idx.ReadLabels(new MemoryStream(IdxBytes.Labels(5))));

    [Theory]
    [InlineData("images", false), InlineData("images.gz", true), InlineData("gzipped-in-secret", true), InlineData("plain.gz", false)]
    public void TellsGzipByItsContent(string name, bool gzipped)
    {
        using var directory = new TemporaryDirectory();
        byte[] images = IdxBytes.Images(3, 2, 2);
        string path = directory.Write(name, gzipped ? TemporaryDirectory.Gzipped(images) : images);

        Assert.Equal(3, Idx.ReadImages(path).Count);
    }

    [Fact]
    public void ReadsABodyOfSeveralChunks()
    {
        byte[] images = IdxBytes.Images(50, 300, 300);
        using var gzip = new GZipStream(new MemoryStream(TemporaryDirectory.Gzipped(images)), CompressionMode.Decompress);

        Assert.Equal(images.AsSpan(16).ToArray(), Idx.ReadImages(gzip).Pixels);
    }

    [Fact]
    public void RefusesAnotherMagicNumber()
    {
        var labels = new MemoryStream(IdxBytes.Labels(100));

        string message = Assert.Throws<InvalidDataException>(() => Idx.ReadImages(labels, "x.idx")).Message;

        Assert.Equal("x.idx: expected the IDX magic number 2051, but found 2049.", message);
    }

    [Theory]
    [InlineData(0), InlineData(3), InlineData(15)]
    public void RefusesAHeaderCutShort(int length)
    {
        var cut = new MemoryStream(IdxBytes.Images(1, 1, 1)[..length]);

        string message = Assert.Throws<InvalidDataException>(() => Idx.ReadImages(cut, "x.idx")).Message;

        Assert.Equal($"x.idx: expected an IDX header of 16 bytes, but the data end after {length}.", message);
    }

    [Fact]
    public void RefusesADimensionOfZero()
    {
        var empty = new MemoryStream(IdxBytes.Images(1, 0, 28));

        string message = Assert.Throws<InvalidDataException>(() => Idx.ReadImages(empty, "x.idx")).Message;

        Assert.Equal("x.idx: expected a positive number of rows in the IDX header, but found 0.", message);
    }

    [Theory]
    [InlineData(2u, 3u, 4u, 23), InlineData(2u, 3u, 4u, 25), InlineData(2u, 3u, 4u, 0)]
    [InlineData(uint.MaxValue, uint.MaxValue, uint.MaxValue, 10), InlineData(2147483648u, 1u, 1u, 10)]
    public void RefusesDimensionsThatAreNotTheBytesThere(uint count, uint rows, uint columns, int bytes)
    {
        byte[] content = IdxBytes.Compose(2051, [count, rows, columns], bytes);
        using var directory = new TemporaryDirectory();
        string plain = directory.Write("plain", content);
        string gzipped = directory.Write("zipped", TemporaryDirectory.Gzipped(content));

        foreach (string path in (string[])[plain, gzipped])
        {
            string message = Assert.Throws<InvalidDataException>(() => Idx.ReadImages(path)).Message;
            Assert.StartsWith($"{path}: the IDX header promises {count} x {rows} x {columns} = ", message);
        }
    }

    [Fact]
    public void AllocatesNothingOfAClaimedSize()
    {
        // Two thousand million bytes promised, ten there; a gzip stream does not know its length beforehand.
        byte[] content = TemporaryDirectory.Gzipped(IdxBytes.Compose(2051, [2_000_000, 10, 100], 10));
        using var gzip = new GZipStream(new MemoryStream(content), CompressionMode.Decompress);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => Idx.ReadImages(gzip));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000_000);
    }

    [Fact]
    public void RefusesDamagedAndCutGzip()
    {
        byte[] compressed = TemporaryDirectory.Gzipped(IdxBytes.Images(20, 28, 28));
        byte[] damaged = [.. compressed];
        damaged[^6] ^= 0xFF;   // in the checksum
        using var directory = new TemporaryDirectory();
        string cutPath = directory.Write("cut.gz", compressed[..(compressed.Length / 2)]);
        string damagedPath = directory.Write("damaged.gz", damaged);

        Assert.StartsWith(cutPath, Assert.Throws<InvalidDataException>(() => Idx.ReadImages(cutPath)).Message);
        Assert.StartsWith(damagedPath, Assert.Throws<InvalidDataException>(() => Idx.ReadImages(damagedPath)).Message);
    }
}
