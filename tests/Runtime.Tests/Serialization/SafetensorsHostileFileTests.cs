using System.Buffers.Binary;

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
    [InlineData("""{"x":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}""", 4, "dtype must be F32, but is F16")]
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
    [InlineData("[1]", 0, 8, 4, "within the 4 bytes")]
    [InlineData("[1]", 4, 0, 4, "within the 4 bytes")]
    [InlineData("[1]", 4, 8, 8, "leaves a hole")]
    [InlineData("[1]", 0, 4, 8, "cover 4 bytes of data, but the file holds 8")]
    [InlineData("[0]", 0, 0, 8, "cover 0 bytes of data, but the file holds 8")]
    [InlineData("[1]", 0, 9223372036854775807, 4, "within the 4 bytes")]
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
    public void AnEmptyHeader() => AssertRefused(new byte[16], "begin with '{'");

    [Fact]
    public void TextThatIsNotUtf8() => AssertRefused(SafetensorsBytes.Make([(byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)'}'], 0), "UTF-8");

    [Fact]
    public void BracketsWithoutEnd() => AssertRefused(SafetensorsBytes.Make("{\"x\":" + new string('[', 100_000), 0), "an object");

    private static void AssertRefused(byte[] file, string message)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => SafetensorsBytes.Read(file));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.StartsWith(SafetensorsBytes.FileName, exception.Message, StringComparison.Ordinal);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.InRange(allocated, 0, 1_000_000);
    }
}
