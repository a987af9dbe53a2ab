using System.Globalization;
using Unroll.Runtime.Tests;
using Unroll.Tool;

namespace Unroll.Interop.Tests;

/// <summary>Files of RTNeural, imported, compiled with the generator and stepped through a signal.</summary>
public sealed class RTNeuralTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rtneural");

    /// <summary>Whether the files of the project RTNeural lie beside the checkout; they are not part of it.</summary>
    public static bool HasSharedFiles => SharedFolder is not null;

    private static string? SharedFolder { get; } = FindShared();

    [Theory(Skip = "the files of RTNeural do not lie beside this checkout", SkipUnless = nameof(HasSharedFiles))]
    [InlineData("dense")]
    [InlineData("conv")]
    [InlineData("gru")]
    [InlineData("lstm")]
    public void StepsGiveTheSignalThatKerasGave(string name)
    {
        ImportedNetwork network = RTNeural.Import(Path.Combine(SharedFolder!, $"{name}.json"));
        float[] expected = Signal($"{name}_y_python.csv");

        float[] stepped = CompiledNetwork.Compile(network).Step(Signal($"{name}_x_python.csv"));

        Assert.Equal(100, expected.Length);
        AssertClose(expected, stepped, name);
    }

    [Fact]
    public void TheClassIsOneToRead() => Assert.Equal(
        """
        // the file leaves the number of steps open: windows of 64 are for training, and the stream has no end
        using Unroll;

        /// <summary>The model of RTNeural in small.json.</summary>
        [Network(64, 2, Streaming = true)]
        [Conv1D(4, 2, Activation.Tanh, Padding = Padding.Causal, Dilation = [3], Groups = 2, Name = "conv1d1")]
        [BatchNormalization(Epsilon = 0.01f, Name = "batch_normalization1")]
        [PRelu(SharedAxes = [1], Name = "p_relu1")]
        [LSTM(1, ReturnSequences = true, Name = "lstm1")]
        [GRU(1, ReturnSequences = true, Name = "gru1")]
        [Dense(2, Activation.Sigmoid, UseBias = false, Name = "dense1")]
        [Activate(Activation.Elu)]
        public sealed partial class Small;

        """,
        RTNeural.Import(Write("small", Small)).Source,
        ignoreLineEndingDifferences: true);

    // Reckoned with the definitions of Keras's layers in double precision.
    [Fact]
    public void EveryLayerComputesWhatKerasDoes()
    {
        float[] stepped = CompiledNetwork.Compile(RTNeural.Import(Write("small", Small))).Step([1, -1, 0.5f, 0.25f, -0.75f, 2, 0.1f, 0.2f, 1.5f, -0.5f]);

        AssertClose(SmallOutputs, stepped, "small");
    }

    [Fact]
    public void WhatAStreamLacksIsNamedAtOnce()
    {
        string path = Write("more", """
            {"in_shape": [null, null, 1], "layers": [
              {"type": "conv2d", "activation": "", "shape": [null, null, 2], "weights": []},
              {"type": "conv1d", "activation": "gelu", "shape": [null, null, 1], "kernel_size": [1], "dilation": [1], "strides": [2], "weights": [[[[1], [2]]], [0]]},
              {"type": "lstm", "activation": "relu", "shape": [null, null, 1], "weights": [[[1, 2, 3, 4]], [[1, 2, 3, 4]], [1, 2, 3, 4]]}
            ]}
            """);

        ImportException exception = Assert.Throws<ImportException>(() => RTNeural.Import(path));

        Assert.Equal(
            [("layer 1", "conv2d", null), ("layer 2", "conv1d", "strides"), ("layer 2", "conv1d", "activation"), ("layer 3", "lstm", "activation")],
            exception.Problems.Select(static problem => (problem.Node, problem.Layer, problem.Argument)));
    }

    [Theory]
    [InlineData("""{"in_shape": [null, 1]}""", "with in_shape and layers")]
    [InlineData("""{"in_shape": [null, 1], "layers": []}""", "layers follow")]
    [InlineData("""{"in_shape": [null, null], "layers": [{"type": "dense", "shape": [null, 1], "weights": [[[1]]]}]}""", "with a number of values")]
    [InlineData("""{"in_shape": [null, 1], "layers": [{"type": "dense", "weights": [[[1]]]}]}""", "a shape that ends")]
    [InlineData("""{"in_shape": [null, 1], "layers": [{"type": "dense", "shape": [null, 2], "weights": [[[1, 2, 3]]]}]}""", "kernel, numbers of the shape [1, 2]")]
    [InlineData("""{"in_shape": [null, 1], "layers": [{"type": "dense", "shape": [null, 1], "weights": [[["1"]]]}]}""", "kernel, numbers of the shape [1, 1]")]
    [InlineData("""{"in_shape": [null, 1], "layers": [{"type": "gru", "shape": [null, 1], "weights": [[[1, 2, 3]], [[1, 2, 3]], [1, 2, 3]]}]}""", "bias, numbers of the shape [2, 3]")]
    [InlineData("""{"in_shape": [null, 3], "layers": [{"type": "conv1d", "shape": [null, 2], "groups": 2, "kernel_size": [1], "weights": []}]}""", "whole numbers of 2 groups")]
    [InlineData("""{"in_shape": [null, 1], "layers": [{"type": "dense", "sh""", "is no JSON")]
    public void AFileThatIsWrongIsAnError(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => RTNeural.Import(Write("wrong", text))).Message, StringComparison.Ordinal);

    [Fact]
    public void AFileWithAnyByteChangedIsReadOrAnError()
    {
        byte[] whole = System.Text.Encoding.UTF8.GetBytes(Small);
        string path = Path.Combine(_folder.FullName, "changed.json");
        var random = new Random(3);
        for (int place = 0; place < whole.Length; place++)
        {
            byte[] changed = [.. whole];
            changed[place] = (byte)random.Next(32, 127);
            File.WriteAllBytes(path, changed);
            Exception? exception = Record.Exception(() => RTNeural.Import(path));
            Assert.True(exception is null or InvalidDataException or ImportException, $"byte {place}: {exception}");
        }
    }

    [Fact]
    public void AFileCutOffAnywhereIsAnError()
    {
        // What is behind the last bracket is but the end of the line.
        for (int length = 0; length < Small.TrimEnd().Length; length += 3)
        {
            string path = Write("cut", Small[..length]);
            Assert.Throws<InvalidDataException>(() => RTNeural.Import(path));
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string? FindShared()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "shared", "goldens", "rtneural");
            if (Directory.Exists(path))
            {
                return path;
            }
        }

        return null;
    }

    private static float[] Signal(string file) =>
        [.. File.ReadLines(Path.Combine(SharedFolder!, file)).Select(static line => float.Parse(line, CultureInfo.InvariantCulture))];

    private static void AssertClose(IReadOnlyList<float> expected, float[] actual, string what)
    {
        Assert.Equal(expected.Count, actual.Length);
        for (int i = 0; i < actual.Length; i++)
        {
            Golden.AssertClose(expected[i], actual[i], relative: 2e-6, absolute: 2e-6, $"{what}[{i}]");
        }
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder.FullName, $"{name}.json");
        File.WriteAllText(path, text);
        return path;
    }

    private const string Small = """
        {"in_shape": [null, null, 2], "layers": [
          {"type": "conv1d", "activation": "tanh", "shape": [null, null, 4], "kernel_size": [2], "dilation": [3], "groups": 2, "weights": [[[[-0.528, -0.794, -0.208, -0.69]], [[-0.867, -0.197, 0.836, 0.601]]], [0.53, -0.556, 0.073, -0.447]]},
          {"type": "batchnorm", "activation": "", "shape": [null, null, 4], "epsilon": 0.01, "weights": [[-0.655, -0.788, -0.571, 0.855], [0.658, 0.613, 0.601, -0.613], [-0.38, 0.254, 0.464, 0.709], [1.26, 1.327, 0.712, 0.843]]},
          {"type": "prelu", "activation": "", "shape": [null, null, 4], "weights": [[[0.012, -0.644, -0.053, -0.821]]]},
          {"type": "lstm", "activation": "tanh", "shape": [null, null, 1], "weights": [[[0.869, 0.731, 0.095, -0.4], [0.818, 0.145, 0.765, 0.696], [0.017, -0.172, 0.198, -0.138], [-0.677, -0.39, 0.625, -0.914]], [[-0.907, 0.253, -0.439, 0.069]], [-0.058, -0.314, 0.995, -0.609]]},
          {"type": "gru", "activation": "tanh", "shape": [null, null, 1], "weights": [[[-0.174, -0.595, 0.265]], [[-0.447, -0.288, 0.494]], [[-0.359, 0.117, 0.809], [-0.798, -0.877, -0.542]]]},
          {"type": "dense", "activation": "sigmoid", "shape": [null, null, 2], "weights": [[[0.53, 0.231]]]},
          {"type": "activation", "activation": "elu", "shape": [null, null, 2], "weights": []}
        ]}
        """;

    private static readonly float[] SmallOutputs =
    [
        0.5585110f, 0.5255969f,
        0.5791596f, 0.5347383f,
        0.5869121f, 0.5381946f,
        0.5887746f, 0.5390272f,
        0.5868083f, 0.5381482f,
    ];
}
