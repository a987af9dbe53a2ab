using System.Runtime.CompilerServices;
using Unroll.Serialization;

namespace Unroll.Runtime.Tests.Serialization;

public sealed class SafetensorsFileTests : IDisposable
{
    private static readonly NamedTensor[] s_goldenTensors =
    [
        new("dense1/kernel", [2, 3], new[] { 1f, -2f, 0.5f, 3.25f, -0f, 1e-40f }),
        new("dense1/bias", [3], new[] { float.PositiveInfinity, float.NegativeInfinity, 1.17549435e-38f }),
        new("step", [], new[] { 42f }),
    ];

    private static readonly Dictionary<string, string> s_goldenMetadata = new() { ["model"] = "Golden" };

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void WritesTheGoldenFileByteForByte()
    {
        string path = _directory.File("golden.safetensors");

        SafetensorsFile.Write(path, s_goldenTensors, s_goldenMetadata);

        Assert.Equal(File.ReadAllBytes(GoldenPath()), File.ReadAllBytes(path));
    }

    [Fact]
    public void ReadsTheGoldenFile()
    {
        IReadOnlyList<NamedTensor> tensors = SafetensorsBytes.Read(GoldenPath(), out IReadOnlyDictionary<string, string> metadata);

        AssertSame(s_goldenTensors, tensors);
        Assert.Equal(s_goldenMetadata, metadata);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("dense1/kernel")]
    [InlineData("quote \" backslash \\ newline \n")]
    [InlineData("größe/\u6f22\u5b57/\U0001F600")]
    [InlineData("")]
    public void AnyNameComesBack(string name)
    {
        string path = _directory.File("weights.safetensors");

        SafetensorsFile.Write(path, [new NamedTensor(name, [1], new[] { 7f })], new Dictionary<string, string> { [name] = name });

        Assert.Equal(name, Assert.Single(SafetensorsBytes.Read(path, out IReadOnlyDictionary<string, string> metadata)).Name);
        Assert.Equal(name, metadata[name]);
    }

    [Fact]
    public void ValuesComeBackBitForBit()
    {
        float[] values = [float.NaN, BitConverter.UInt32BitsToSingle(0xFFC0_1234), float.Epsilon, float.MaxValue, -0f];
        string path = _directory.File("weights.safetensors");

        SafetensorsFile.Write(path, [new NamedTensor("x", [5], values)]);

        ReadOnlySpan<float> read = SafetensorsBytes.Read(path)[0].Values.Span;
        Assert.Equal(Bits(values), Bits(read));
    }

    [Fact]
    public void TensorsWithoutElementsAndFilesWithoutTensorsAreFiles()
    {
        string path = _directory.File("weights.safetensors");
        NamedTensor[] tensors =
        [
            new("empty", [int.MaxValue, int.MaxValue, 0], ReadOnlyMemory<float>.Empty),
            new("one", [1, 1], new[] { 1f }),
            new("trailing", [0], ReadOnlyMemory<float>.Empty),
        ];

        SafetensorsFile.Write(path, tensors);
        AssertSame(tensors, SafetensorsBytes.Read(path));

        SafetensorsFile.Write(path, []);
        Assert.Empty(SafetensorsBytes.Read(path));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void DataIsAlignedWhateverTheNames(int length)
    {
        string path = _directory.File("weights.safetensors");

        SafetensorsFile.Write(path, [new NamedTensor(new string('n', length), [1], new[] { 1f })]);

        Assert.Equal(0, (new FileInfo(path).Length - sizeof(float)) % 8);
    }

    [Fact]
    public void TensorsAreReadInTheOrderOfTheirData()
    {
        byte[] file = SafetensorsBytes.Make(
            """{"late":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},"early":{"shape":[1],"data_offsets":[0,4],"dtype":"F32"}}   """, 8);

        Assert.Equal(["early", "late"], SafetensorsBytes.Read(file).Select(static tensor => tensor.Name));
    }

    [Fact]
    public void WriteRefusesWhatCouldNotBeRead()
    {
        string path = _directory.File("weights.safetensors");
        var one = new NamedTensor("x", [1], new[] { 1f });

        Assert.Throws<ArgumentException>(() => SafetensorsFile.Write(path, [one, one]));
        Assert.Throws<ArgumentException>(() => SafetensorsFile.Write(path, [one with { Name = "__metadata__" }]));
        Assert.Throws<ArgumentException>(() => SafetensorsFile.Write(path, [one with { Shape = [2] }]));
        Assert.Throws<ArgumentException>(() => SafetensorsFile.Write(path, [one with { Shape = [-1, -1] }]));
        Assert.Throws<ArgumentException>(
            () => SafetensorsFile.Write(path, [one with { Shape = [int.MaxValue, int.MaxValue, int.MaxValue] }]));
        Assert.Throws<ArgumentException>(() => SafetensorsFile.Write("", [one]));
        Assert.Empty(Directory.GetFiles(_directory.FullName));
    }

    [Fact]
    public void AFileThatIsNotThereIsNotInvalidData() =>
        Assert.Throws<FileNotFoundException>(() => SafetensorsReader.Open(_directory.File("none.safetensors")));

    private static void AssertSame(IReadOnlyList<NamedTensor> expected, IReadOnlyList<NamedTensor> actual)
    {
        Assert.Equal(expected.Select(static tensor => tensor.Name), actual.Select(static tensor => tensor.Name));
        foreach ((NamedTensor one, NamedTensor other) in expected.Zip(actual))
        {
            Assert.Equal(one.Shape, other.Shape);
            Assert.Equal(Bits(one.Values.Span), Bits(other.Values.Span));
        }
    }

    private static uint[] Bits(ReadOnlySpan<float> values)
    {
        uint[] bits = new uint[values.Length];
        for (int i = 0; i < bits.Length; i++)
        {
            bits[i] = BitConverter.SingleToUInt32Bits(values[i]);
        }

        return bits;
    }

    private static string GoldenPath([CallerFilePath] string thisFile = "") =>
        Path.Combine(Path.GetDirectoryName(thisFile)!, "golden.safetensors");
}
