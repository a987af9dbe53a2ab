using System.Buffers.Binary;
using Unroll.Serialization;

namespace Unroll.Runtime.Tests.Serialization;

public sealed class SafetensorsHostileFileTests
{
    [Theory]
    [InlineData("""[]""", 0, "begin with '{'")]
    [InlineData("""  {}""", 0, "begin with '{'")]
    [InlineData("""{"x":""", 0, "malformed")]
    [InlineData("""{} {}""", 0, "malformed")]
    [InlineData("""{"\ud800":1}""", 0, "malformed")]
    [InlineData("""{"x":1}""", 0, "'x': must be an object")]
    [InlineData("""{"x":{}}""", 0, "'x': has no dtype")]
    [InlineData("""{"x":{"dtype":"F32","data_offsets":[0,4]}}""", 4, "'x': has no shape")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1]}}""", 4, "data_offsets must be two numbers")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", 4, "data_offsets must be two numbers")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}""", 4, "data_offsets must be two numbers")]
    [InlineData("""{"x":{"dtype":"F16","shape":[4],"data_offsets":[0,4]}}""", 4, "shape [4] needs 8 bytes")]
    [InlineData("""{"x":{"dtype":"F64","shape":[1],"data_offsets":[0,4]}}""", 4, "shape [1] needs 8 bytes")]
    [InlineData("""{"x":{"dtype":32,"shape":[2],"data_offsets":[0,4]}}""", 4, "dtype must be text")]
    [InlineData("""{"x":{"dtype":"F32","shape":1,"data_offsets":[0,4]}}""", 4, "shape must be an array")]
    [InlineData("""{"x":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "shape must hold whole numbers")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "shape must hold whole numbers")]
    [InlineData("""{"x":{"dtype":"F32","shape":[[1]],"data_offsets":[0,4]}}""", 4, "shape must hold whole numbers")]
    [InlineData("""{"x":{"dtype":"F32","shape":[null],"data_offsets":[0,4]}}""", 4, "shape must hold whole numbers")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2147483648],"data_offsets":[0,4]}}""", 4, "at most 2147483647")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,99999999999999999999]}}""", 4, "whole numbers")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"strides":[1],"data_offsets":[0,4]}}""", 4, "another 'strides'")]
    [InlineData("""{"x":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "another 'dtype'")]
    [InlineData("""{"__metadata__":[]}""", 0, "'__metadata__': must be an object")]
    [InlineData("""{"__metadata__":{"epoch":3}}""", 0, "the value of 'epoch' must be text")]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"}}""", 0, "names 'a' twice")]
    [InlineData("""{"__metadata__":{},"__metadata__":{}}""", 0, "names '__metadata__' twice")]
    public void HeadersThatAreNotOne(string header, int dataLength, string message) =>
        AssertRefused(SafetensorsBytes.Make(header, dataLength), message);

    [Theory]
    [InlineData("[2]", 0, 4, 4, "shape [2] needs 8 bytes, but data_offsets are [0, 4]")]
    [InlineData("[]", 0, 8, 8, "shape [] needs 4 bytes")]
    [InlineData("[1]", 0, 8, 4, "outside the 4 bytes")]
    [InlineData("[1]", 4, 0, 4, "outside the 4 bytes")]
    [InlineData("[1]", 4, 8, 8, "leaves a hole")]
    [InlineData("[1]", 0, 4, 8, "cover 4 bytes of data, but the file holds 8")]
    [InlineData("[0]", 0, 0, 8, "cover 0 bytes of data, but the file holds 8")]
    [InlineData("[1]", 0, 9223372036854775807, 4, "outside the 4 bytes")]
    [InlineData("[65536,65536]", 0, 4, 4, "more than the")]
    [InlineData("[2147483647,2147483647,2147483647,2147483647]", 0, 4, 4, "more than the")]
    [InlineData("[4294967297]", 0, 4, 4, "at most 2147483647")]
    public void LayoutsThatLie(string shape, long start, long end, int dataLength, string message)
    {
        string header = $$$"""{"dense1/kernel":{"dtype":"F32","shape":{{{shape}}},"data_offsets":[{{{start}}},{{{end}}}]}}""";

        AssertRefused(SafetensorsBytes.Make(header, dataLength), message);
    }

    [Theory]
    [InlineData("0,8", "4,12", "overlaps")]
    [InlineData("0,8", "0,8", "overlaps")]
    [InlineData("0,8", "12,20", "leaves a hole")]
    public void TensorsThatShareOrSkipBytes(string first, string second, string message)
    {
        string header =
            $$$"""{"a":{"dtype":"F32","shape":[2],"data_offsets":[{{{first}}}]},"b":{"dtype":"F32","shape":[2],"data_offsets":[{{{second}}}]}}""";

        AssertRefused(SafetensorsBytes.Make(header, 20), message);
    }

    [Fact]
    public void ANameThatComesTwice()
    {
        const string Entry = """ "x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]} """;

        AssertRefused(SafetensorsBytes.Make($"{{{Entry.Trim()},{Entry}}}", 4), "names 'x' twice");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void FilesWithoutALength(int length) => AssertRefused(new byte[length], "at least 8 bytes");

    [Theory]
    [InlineData(1)]
    [InlineData(100_000_000)]
    [InlineData(100_000_001)]
    [InlineData(uint.MaxValue)]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 63)]
    public void HeadersLongerThanTheFile(ulong length)
    {
        byte[] file = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);

        AssertRefused(file, "may be at most 0 bytes long");
    }

    [Fact]
    public void MoreThanAnythingHasIsRefused()
    {
        AssertRefused(SafetensorsBytes.Make($$$"""{"x":{"dtype":"F32","shape":[{{{string.Join(',', Enumerable.Repeat(1, 33))}}}],"data_offsets":[0,4]}}""", 4), "at most 32 numbers");
        AssertRefused(SafetensorsBytes.Make($$$"""{"__metadata__":{{{{string.Join(',', Enumerable.Range(0, 10_001).Select(static i => $"\"{i}\":\"\""))}}}}}""", 0), "at most 10000 entries", allocation: 4_000_000);
    }

    /// <summary>What a file names may be as long as it likes: it is shown cut short, on one line.</summary>
    [Theory]
    [InlineData("""{"NAME":1}""")]
    [InlineData("""{"NAME":{"dtype":"F32","shape":[3],"data_offsets":[0,4]}}""")]
    [InlineData("""{"x":{"NAME":1}}""")]
    [InlineData("""{"x":{"dtype":"NAME","shape":1}}""")]
    [InlineData("""{"__metadata__":{"NAME":1}}""")]
    [InlineData("""{"NAME":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"NAME":1}""")]
    public void NamesWithoutEndFitAScreen(string header)
    {
        byte[] file = SafetensorsBytes.Make(header.Replace("NAME", "line\\n" + new string('n', 200_000), StringComparison.Ordinal), 4);
        string message = Assert.Throws<InvalidDataException>(() => SafetensorsBytes.Read(file)).Message;
        Assert.InRange(message.Length, 1, 300);
        Assert.DoesNotContain('\n', message);
    }

    /// <summary>Forty million bytes of the smallest tensors there are.</summary>
    [Fact]
    public void AHeaderOfFortyMegabytesCostsAFewTimesItsLength()
    {
        var header = new System.Text.StringBuilder("{", 40_000_100);
        for (int i = 0; header.Length < 40_000_000; i++)
        {
            header.Append(i == 0 ? "" : ",").Append(System.Globalization.CultureInfo.InvariantCulture, $$$"""
                "{{{i}}}":{"dtype":"F32","shape":[],"data_offsets":[{{{4 * i}}},{{{4 * (i + 1)}}}]}
                """);
        }

        AssertRefused(SafetensorsBytes.Make(header.Append('}').ToString(), 0), "at most 100000 tensors", allocation: 150_000_000);
    }

    /// <summary>A stream that ends before what its length promised, as a file that is cut while it is read.</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(30)]
    [InlineData(68)]
    public void AFileCutWhileItIsRead(int length)
    {
        byte[] file = SafetensorsBytes.Make("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} """, 8);
        var stream = new CutStream(file[..length], file.Length);
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() =>
        {
            using SafetensorsReader reader = SafetensorsReader.Open(stream, SafetensorsBytes.FileName);
            reader.Read(reader.Entries);
        });
        Assert.StartsWith("weights.safetensors: the data end", exception.Message, StringComparison.Ordinal);
        Assert.Contains("cut while it was read", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnEmptyHeader() => AssertRefused(new byte[16], "begin with '{'");

    [Fact]
    public void TextThatIsNotUtf8() => AssertRefused(SafetensorsBytes.Make([(byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)'}'], 0), "UTF-8");

    [Fact]
    public void BracketsWithoutEnd() => AssertRefused(SafetensorsBytes.Make("{\"x\":" + new string('[', 100_000), 0), "an object");

    private static void AssertRefused(byte[] file, string message, long allocation = 1_000_000)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => SafetensorsBytes.Read(file));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.StartsWith(SafetensorsBytes.FileName, exception.Message, StringComparison.Ordinal);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.InRange(allocated, 0, allocation);
    }

    private sealed class CutStream(byte[] rest, long length) : MemoryStream(rest)
    {
        public override long Length => length;
    }
}
