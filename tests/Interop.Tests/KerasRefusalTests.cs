using System.IO.Compression;
using System.Text;
using Unroll.Tests;
using static Unroll.Interop.Tests.KerasFileBuilder;

namespace Unroll.Interop.Tests;

/// <summary>What cannot be represented is named, all at once; damaged files are errors, never crashes or half a model.</summary>
public sealed class KerasRefusalTests
{
    [Fact]
    public void EverythingThatCannotBeRepresentedIsNamedAtOnce()
    {
        using var file = new KerasFileBuilder();
        file.Config(Sequential(
            Layer("InputLayer", "input_layer", ""","batch_shape":[null,null,4]"""),
            Layer("Dense", "first", ""","units":3,"activation":"glu","dtype":"mixed_float16","new_argument":7"""),
            Layer("Softmax", "norm", ""","axis":1""", ""","build_config":{"input_shape":[null,5,3]}"""),
            Layer("Lambda", "mine"),
            Layer("Dropout", "drop", ""","rate":0.1,"noise_shape":[1,3]"""),
            Layer("Dense", "last", ""","units":1,"kernel_regularizer":{"class_name":"OrthogonalRegularizer","config":{}}""")));

        ImportException exception = Assert.Throws<ImportException>(() => Keras.Import(file.Weights().Write()));

        Assert.Equal(
            [
                ("input_layer", "shape"), ("first", "activation"), ("first", "dtype"), ("first", "new_argument"),
                ("norm", "axis"), ("mine", null), ("drop", "noise_shape"), ("last", "kernel_regularizer"),
            ],
            exception.Problems.Select(static problem => (problem.Node, problem.Argument)));
        Assert.All(exception.Problems, problem => Assert.Contains(problem.ToString(), exception.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void WeightsThatAreNotThereAreAnError()
    {
        using var file = new KerasFileBuilder();
        file.Config(Sequential(Input("input_layer", "2"), Layer("Dense", "d", ""","units":2""")));
        file.Weights(("layers/dense/vars/0", [1, 2, 3, 4], [2, 2]));

        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => Keras.Import(file.Write()));

        Assert.EndsWith("d (Dense) has 2 parameters, and 'layers/dense/vars' of the weights holds 1.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileOfKeras2IsRefused()
    {
        using var file = new KerasFileBuilder();
        file.Config("{}").With("metadata.json", Encoding.UTF8.GetBytes("""{"keras_version": "2.12.0"}"""));

        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => Keras.Import(file.Write()));

        Assert.Contains("written by Keras 2.12.0; files of Keras 3 are read", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("model.weights.h5")]
    public void AMemberThatGrowsAHundredfoldIsRefusedBeforeItIsThere(string member)
    {
        using var file = new KerasFileBuilder();
        if (member != "config.json")
        {
            file.Config("{}");
        }

        string path = file.With(member, new byte[200 << 20]).Write(CompressionLevel.Fastest);
        long before = GC.GetAllocatedBytesForCurrentThread();

        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => Keras.Import(path));

        Assert.Contains($"'{member}' unpacks to more than", exception.Message, StringComparison.Ordinal);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 128 << 20);
    }

    [Fact]
    public void AFileCutOffAnywhereIsAnError()
    {
        byte[] whole = File.ReadAllBytes(GoldenFile.PathOf("mlp.keras"));
        using var file = new KerasFileBuilder();
        for (int length = 0; length < whole.Length; length += 97)
        {
            File.WriteAllBytes(file.Path, whole[..length]);
            Assert.Throws<InvalidDataException>(() => Keras.Import(file.Path));
        }
    }

    [Fact]
    public void WeightsWithAnyByteChangedAreReadOrAnErrorWithinBoundedMemory()
    {
        byte[] weights = Member("mlp_uncompiled.keras", "model.weights.h5");
        string config = Encoding.UTF8.GetString(Member("mlp_uncompiled.keras", "config.json"));
        long before = GC.GetAllocatedBytesForCurrentThread();
        int tries = 0;
        for (int place = 0; place < weights.Length; place += 23, tries++)
        {
            byte[] changed = [.. weights];
            changed[place] ^= (byte)(1 << (place % 8));
            using var file = new KerasFileBuilder();
            string path = file.Config(config).With("model.weights.h5", changed).Write();
            if (Record.Exception(() => Keras.Import(path)) is Exception exception)
            {
                Assert.IsType<InvalidDataException>(exception);
            }
        }

        Assert.True((GC.GetAllocatedBytesForCurrentThread() - before) / tries < 64 << 20);
    }

    [Theory]
    [InlineData("nested.keras", 7)]
    [InlineData("pages.keras", 41)]
    [InlineData("translator.keras", 43)]
    public void AConfigurationWithAnyByteChangedIsReadOrAnError(string name, int step)
    {
        byte[] config = Member(name, "config.json");
        byte[] weights = Member(name, "model.weights.h5");
        for (int place = 0; place < config.Length; place += SlowTests.AreAskedFor ? step : 5 * step)
        {
            byte[] changed = [.. config];
            changed[place] ^= (byte)(1 << (place / 7 % 7));
            using var file = new KerasFileBuilder();
            string path = file.With("config.json", changed).With("model.weights.h5", weights).Write();
            if (Record.Exception(() => Keras.Import(path)) is Exception exception)
            {
                Assert.True(exception is InvalidDataException or ImportException, $"byte {place}: {exception}");
            }
        }
    }

    private static byte[] Member(string file, string name)
    {
        using ZipArchive zip = ZipFile.OpenRead(GoldenFile.PathOf(file));
        using Stream stream = zip.GetEntry(name)!.Open();
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
