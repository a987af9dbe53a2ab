using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Google.Protobuf;
using Unroll.Tests;

namespace Unroll.Interop.Tests;

/// <summary>Files of every kind that end too early, lie about their sizes or nest without end: one kind of error, within bounded memory.</summary>
public sealed class DamagedFileTests : IDisposable
{
    private const long MostMemory = 128 << 20;

    private static readonly int s_changes = Campaign.Rounds(usually: 400, campaign: 4_000);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("damaged");

    [Theory]
    [InlineData("mlp_legacy.h5", 257)]
    [InlineData("film.h5", 509)]
    public void AnH5FileCutOffAnywhereIsAnError(string name, int step)
    {
        byte[] whole = File.ReadAllBytes(GoldenFile.PathOf(name));
        Assert.NotNull(Keras.Import(Write("whole.h5", whole)));

        ForEachLength(whole, step, cut => Assert.Throws<InvalidDataException>(() => Keras.Import(Write("cut.h5", cut))));
    }

    [Fact]
    public void WeightsCutOffAnywhereAreAnErrorAndTheNetworkStaysAsItWas()
    {
        byte[] whole = File.ReadAllBytes(GoldenFile.PathOf("mlp.weights.h5"));
        var network = new TestNetwork("[Network(4)] [Dense(5, Activation.Relu)] [Dense(3, Activation.Softmax)]");
        float[][] before = [.. network.Model.Parameters.Select(static parameter => parameter.ToArray())];

        ForEachLength(whole, 251, cut => Assert.Throws<InvalidDataException>(() => Keras.LoadWeights(network.Model, Write("cut.weights.h5", cut))));

        Assert.Equal(before, network.Model.Parameters.Select(static parameter => parameter.ToArray()));
    }

    [Fact]
    public void SafetensorsCutOffAnywhereAreAnErrorAndTheNetworkStaysAsItWas()
    {
        var network = new TestNetwork("[Network(3)] [Dense(2)]");
        network.Model.Save(Path.Combine(_folder.FullName, "whole.safetensors"));
        byte[] whole = File.ReadAllBytes(Path.Combine(_folder.FullName, "whole.safetensors"));
        float[][] before = [.. network.Model.Parameters.Select(static parameter => parameter.ToArray())];

        ForEachLength(whole, 1, cut => Assert.Throws<InvalidDataException>(() => PyTorch.LoadWeights(network.Model, Write("cut.safetensors", cut))));

        Assert.Equal(before, network.Model.Parameters.Select(static parameter => parameter.ToArray()));
    }

    [Theory]
    [InlineData("tfjs_picture")]
    [InlineData("tfjs_sequence")]
    public void AModelOfTensorFlowJsCutOffAnywhereIsAnError(string model)
    {
        string[] files = CopyOf(model);
        string json = files.Single(static file => file.EndsWith("model.json", StringComparison.Ordinal));
        foreach (string file in files)
        {
            byte[] whole = File.ReadAllBytes(file);
            ForEachLength(whole, 97, cut =>
            {
                File.WriteAllBytes(file, cut);
                Assert.Throws<InvalidDataException>(() => TensorFlowJs.Import(json, "Cut"));
            });
            File.WriteAllBytes(file, whole);
        }

        Assert.NotNull(TensorFlowJs.Import(json, "Whole"));
    }

    [Theory]
    [InlineData("tfjs_picture")]
    [InlineData("tfjs_sequence")]
    public void AModelOfTensorFlowJsWithAnyByteChangedIsReadOrAnError(string model)
    {
        string json = CopyOf(model).Single(static file => file.EndsWith("model.json", StringComparison.Ordinal));
        byte[] whole = File.ReadAllBytes(json);
        for (int place = 0; place < whole.Length; place += 19)
        {
            byte[] changed = [.. whole];
            changed[place] ^= (byte)(1 << (place % 7));
            File.WriteAllBytes(json, changed);
            Exception? exception = Record.Exception(() => TensorFlowJs.Import(json, "Changed"));
            Assert.True(exception is null or InvalidDataException or ImportException or FileNotFoundException, $"byte {place}: {exception}");
        }
    }

    /// <summary>The sizes stand in the directory at the end of the file and before each member.</summary>
    [Theory]
    [InlineData(0x02014b50u, 20)]
    [InlineData(0x02014b50u, 24)]
    [InlineData(0x02014b50u, 42)]
    [InlineData(0x04034b50u, 18)]
    [InlineData(0x04034b50u, 22)]
    public void AZipThatLiesAboutSizesOrPlacesIsReadOrAnErrorWithinBoundedMemory(uint signature, int offset)
    {
        byte[] whole = File.ReadAllBytes(GoldenFile.PathOf("mlp.keras"));
        int[] places = [.. Enumerable.Range(0, whole.Length - 4).Where(place => BinaryPrimitives.ReadUInt32LittleEndian(whole.AsSpan(place)) == signature)];
        Assert.Equal(3, places.Length);
        foreach (int place in places)
        {
            foreach (uint lie in new[] { 0u, 1u, 0x7fffffffu, 0xfffffffeu })
            {
                byte[] changed = [.. whole];
                BinaryPrimitives.WriteUInt32LittleEndian(changed.AsSpan(place + offset), lie);
                AssertReadOrError(() => Keras.Import(Write("lies.keras", changed)));
            }
        }
    }

    [Fact]
    public void AnOnnxFileWhoseFieldsLieAboutTheirLengthsIsAnErrorWithinBoundedMemory()
    {
        byte[] whole = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "golden", "onnx", "flat.onnx"));
        // Length-delimited fields of the model: each in turn says that it has two gigabytes.
        for (int field = 1; field <= 25; field++)
        {
            using var stream = new MemoryStream();
            using (var output = new CodedOutputStream(stream, leaveOpen: true))
            {
                output.WriteTag(field, WireFormat.WireType.LengthDelimited);
                output.WriteLength(int.MaxValue);
            }

            byte[] lies = [.. stream.ToArray(), .. whole];
            AssertReadOrError(() => Onnx.Import(Write("lies.onnx", lies)));
        }
    }

    /// <summary>The body of a loop is computed while it is read, whatever it says.</summary>
    [Fact]
    public void LoopsWithChangedBytesAreReadOrAnError()
    {
        byte[] whole = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "golden", "onnx", "loops.onnx"));
        var random = new Random(3);
        for (int trial = 0; trial < s_changes; trial++)
        {
            byte[] changed = [.. whole];
            changed[random.Next(changed.Length)] = (byte)random.Next(256);
            AssertReadOrError(() => Onnx.Import(Write("changed.onnx", changed)));
        }
    }

    [Fact]
    public void GraphsWithinGraphsWithoutEndAreAnError()
    {
        byte[] graph = [];
        for (int depth = 0; depth < 5_000; depth++)
        {
            // node (1) with attribute (5) with graph (6)
            graph = Field(1, Field(5, Field(6, graph)));
        }

        Assert.Throws<InvalidDataException>(() => Onnx.Import(Write("deep.onnx", Field(7, graph))));
    }

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public void BracketsWithoutEndAreAnError(char bracket)
    {
        string text = bracket == '[' ? new string('[', 100_000) : string.Concat(Enumerable.Repeat("{\"layers\":", 100_000));
        byte[] content = Encoding.UTF8.GetBytes(text);
        using var file = new KerasFileBuilder();

        Assert.Throws<InvalidDataException>(() => Keras.Import(file.With("config.json", content).Write(CompressionLevel.Fastest)));
        Assert.Throws<InvalidDataException>(() => TensorFlowJs.Import(Write("model.json", content), "Deep"));
        Assert.Throws<InvalidDataException>(() => RTNeural.Import(Write("deep.json", content)));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static void AssertReadOrError(Action import)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Exception? exception = Record.Exception(import);
        Assert.True(exception is null or InvalidDataException or ImportException, $"{exception}");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < MostMemory);
    }

    private static void ForEachLength(byte[] whole, int step, Action<byte[]> check)
    {
        for (int length = 0; length < whole.Length; length += step)
        {
            check(whole[..length]);
        }

        check(whole[..^1]);
    }

    private static byte[] Field(int number, byte[] content)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
        {
            output.WriteTag(number, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(content));
        }

        return stream.ToArray();
    }

    private string[] CopyOf(string model)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "golden", model);
        return [.. Directory.GetFiles(folder).Where(static file => !file.EndsWith("vectors.json", StringComparison.Ordinal)).Select(file =>
        {
            string copy = Path.Combine(_folder.FullName, Path.GetFileName(file));
            File.Copy(file, copy);
            return copy;
        })];
    }

    private string Write(string name, byte[] content)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, content);
        return path;
    }
}
