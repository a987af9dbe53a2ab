using Unroll.Runtime.Tests;
using Unroll.Serialization;
using Unroll.Tool;

namespace Unroll.Interop.Tests;

/// <summary>Weights of PyTorch in classes that are there already: the predictions are PyTorch's.</summary>
public sealed class PyTorchTests : IDisposable
{
    private const string Picture = """
        [Network(6, 6, 3)] [Conv2D(4, 3)] [BatchNormalization(Epsilon = 1e-5f)] [Activate(Activation.Relu)] [Conv2DTranspose(6, 2, Strides = [2])] [PRelu(SharedAxes = [1, 2])]
        [DepthwiseConv2D(3, DepthMultiplier = 2)] [Conv2D(4, [1, 2], UseBias = false)] [Flatten] [BatchNormalization(Epsilon = 1e-5f)] [Dense(5)]
        """;

    private const string Words = """
        [Network(7)] [Embedding(11, 4)] [LSTM(3, ReturnSequences = true, Bidirectional = BidirectionalMerge.Concat)] [LSTM(3, ReturnSequences = true, Bidirectional = BidirectionalMerge.Concat)]
        [GRU(5, ReturnSequences = true)] [SimpleRNN(4)] [Dense(2)]
        """;

    private const string Attends = """
        [Network(5, 3)] [Dense(8, Name = "embed")] [PositionEmbedding(5, Name = "position")] [Add("embed", "position", Name = "placed")] [MultiHeadAttention(2, 4)] [Add("", "placed")]
        [LayerNormalization(Epsilon = 1e-5f, Name = "first")] [Dense(8, Activation.Gelu)] [Dense(8)] [Add("", "first")] [LayerNormalization(Epsilon = 1e-5f)]
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pytorch");

    [Theory]
    [InlineData("picture", Picture)]
    [InlineData("words", Words)]
    [InlineData("attends", Attends)]
    public void PredictsWhatPyTorchPredicts(string name, string layers)
    {
        var network = new TestNetwork(layers);
        NpyFile x = NpyFile.Read(PathOf($"{name}.x.npy"));
        float[] inputs = x.Shape.Count == 4 ? [.. x.Values.Chunk(3 * 6 * 6).SelectMany(static image => AxisOrder.Move(image, [3, 6, 6], [1, 2, 0]))] : x.Values;

        PyTorch.LoadWeights(network.Model, PathOf($"{name}.safetensors"));

        float[] expected = NpyFile.Read(PathOf($"{name}.y.npy")).Values;
        float[] predicted = Assert.Single(network.Predict(inputs));
        Assert.Equal(expected.Length, predicted.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Golden.AssertClose(expected[i], predicted[i], relative: 2e-6, absolute: 2e-6, $"{name}[{i}]");
        }
    }

    [Fact]
    public void ModulesThatAreAlikeComeInTheOrderOfTheirNumbers()
    {
        var network = new TestNetwork("[Network(1)] [Dense(1)] [Dense(1)] [Dense(1)]");
        string path = Write(Linear("net.10", 10), Linear("net.2", 2), Linear("net.9", 9));

        PyTorch.LoadWeights(network.Model, path);

        Assert.Equal([2f, 9f, 10f], network.Model.Parameters.Where(static parameter => parameter.Name.EndsWith("kernel", StringComparison.Ordinal)).Select(static parameter => parameter.ToArray()[0]));
    }

    /// <summary>A step within is an image, whose values PyTorch flattens channels first.</summary>
    [Fact]
    public void ABlockOfEachStepTakesTheModulesOfOneStep()
    {
        const string Layers = "[Conv2D(3, 2, Activation.Tanh)] [Flatten] [Dense(2)]";
        var film = new TestNetwork("[Network(2, 4, 3, 2)] [TimeDistributed<Frame>] [Dense(1)]", $"[Block] {Layers} public sealed partial class Frame;");
        var frame = new TestNetwork($"[Network(4, 3, 2)] {Layers} [Dense(1)]");
        string path = Write([
            new NamedTensor("conv.weight", [3, 2, 2, 2], frame.Numbers(24)), new NamedTensor("conv.bias", [3], frame.Numbers(3)),
            new NamedTensor("dense.weight", [2, 18], frame.Numbers(36)), new NamedTensor("dense.bias", [2], frame.Numbers(2)),
            new NamedTensor("head.weight", [1, 2], frame.Numbers(2)), new NamedTensor("head.bias", [1], frame.Numbers(1))]);
        float[] steps = frame.Numbers(2 * 24);

        PyTorch.LoadWeights(film.Model, path);
        PyTorch.LoadWeights(frame.Model, path);

        float[] expected = frame.Predict(steps)[0];
        float[] predicted = film.Predict(steps)[0];
        Assert.Equal(2, predicted.Length);
        Golden.AssertClose(expected[0], predicted[0], relative: 1e-6, absolute: 1e-6, "first step");
        Golden.AssertClose(expected[1], predicted[1], relative: 1e-6, absolute: 1e-6, "second step");
    }

    [Fact]
    public void AChoiceIsTheUsersToMake()
    {
        var network = new TestNetwork("[Network(1)] [Dense(1)] [Dense(1)] [Dense(2)]");
        float[] before = network.Model.Parameters["dense1/kernel"].ToArray();
        string path = Write(Linear("decoder", 1), Linear("encoder", 2), [new NamedTensor("head.weight", [2, 1], new float[] { 5, 6 }), new NamedTensor("head.bias", [2], new float[] { 7, 8 })]);

        string message = Assert.Throws<InvalidDataException>(() => PyTorch.LoadWeights(network.Model, path)).Message;

        Assert.Contains("dense1 (Dense) with bias [1], weight [1, 1]: 'decoder', 'encoder' could be it; say with the map which is", message, StringComparison.Ordinal);
        Assert.Contains("dense2 (Dense)", message, StringComparison.Ordinal);
        Assert.Equal(before, network.Model.Parameters["dense1/kernel"].ToArray());

        PyTorch.LoadWeights(network.Model, path, new Dictionary<string, string> { ["encoder"] = "dense1" });
        Assert.Equal([2f], network.Model.Parameters["dense1/kernel"].ToArray());
        Assert.Equal([1f], network.Model.Parameters["dense2/kernel"].ToArray());
        Assert.Equal([5f, 6f], network.Model.Parameters["dense3/kernel"].ToArray());
    }

    [Fact]
    public void NamesThatAPersonGaveTell()
    {
        var network = new TestNetwork("""[Network(1)] [Dense(1, Name = "net_encoder")] [Dense(1, Name = "net_decoder")]""");

        PyTorch.LoadWeights(network.Model, Write(Linear("net.decoder", 1), Linear("net.encoder", 2)));

        Assert.Equal([2f], network.Model.Parameters["net_encoder/kernel"].ToArray());
    }

    [Fact]
    public void EverythingThatDoesNotFitIsNamedAtOnce()
    {
        var network = new TestNetwork("[Network(3)] [Dense(2)] [LayerNormalization] [Dense(4, UseBias = false)]");
        string path = Write([new NamedTensor("a.weight", [2, 3], new float[6]), new NamedTensor("a.bias", [2], new float[2]), new NamedTensor("b.weight", [5, 2], new float[10])]);

        string message = Assert.Throws<InvalidDataException>(() => PyTorch.LoadWeights(network.Model, path)).Message;

        Assert.Contains("layer_normalization1 (LayerNormalization) with bias [2], weight [2]: the file has no module like this", message, StringComparison.Ordinal);
        Assert.Contains("dense2 (Dense) with weight [4, 2]: the file has no module like this", message, StringComparison.Ordinal);
        Assert.Contains("the module 'b' with weight [5, 2]", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Network(4, 6)] [GRU(3, ResetAfter = false)]", "PyTorch's GRU resets after the product")]
    [InlineData("[Network(48)] [Reshape(4, 4, 3)] [Conv2D(2, 3)]", "where PyTorch has the values behind reshape1, which moves them, is not known")]
    [InlineData("[Network(5)] [Normalization] [Dense(2)]", "normalization1 (Normalization): PyTorch has no such layer")]
    public void WhatHasNoCounterpartIsNamed(string layers, string expected) =>
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => PyTorch.LoadWeights(new TestNetwork(layers).Model, Write(Linear("a", 1)))).Message, StringComparison.Ordinal);

    [Fact]
    public void AMapOfWhatIsNotThereIsAnError()
    {
        var network = new TestNetwork("[Network(1)] [Dense(1)]");
        string path = Write(Linear("fc", 1));

        Assert.Contains("'gc', and", Assert.Throws<ArgumentException>(() => PyTorch.LoadWeights(network.Model, path, new Dictionary<string, string> { ["gc"] = "dense1" })).Message, StringComparison.Ordinal);
        Assert.Contains("'dense2'", Assert.Throws<ArgumentException>(() => PyTorch.LoadWeights(network.Model, path, new Dictionary<string, string> { ["fc"] = "dense2" })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.pt")]
    [InlineData("pytorch_model.bin")]
    public void APickleIsRefusedWithAWordOnSafetensors(string file) =>
        Assert.Contains("safetensors.torch.save_file", Assert.Throws<InvalidDataException>(() => PyTorch.LoadWeights(new TestNetwork("[Network(1)] [Dense(1)]").Model, file)).Message, StringComparison.Ordinal);

    [Fact]
    public void TheToolPutsWeightsIntoAClassThatIsThere()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "Reader.cs"), $"using Unroll;\n\nnamespace Shop;\n\n{Words}\npublic sealed partial class Reader;\n");
        var output = new StringWriter();
        var errors = new StringWriter();
        string[] arguments = ["import", PathOf("words.safetensors"), "--class", "Reader", "-o", _folder.FullName, "--map", "head=dense1", "--check", PathOf("words.x.npy"), PathOf("words.y.npy")];

        int code = Program.Invoke(arguments, output, errors);

        Assert.Equal((0, ""), (code, errors.ToString()));
        Assert.Matches("check: output: 8 values, largest difference [0-9.E-]+\r?\n", output.ToString());
        using var written = SafetensorsReader.Open(Path.Combine(_folder.FullName, "Reader.safetensors"));
        Assert.Contains("lstm2/backward/recurrent_kernel", written.Entries.Select(static entry => entry.Name));
        Assert.Equal(1, Program.Invoke(["import", PathOf("words.safetensors"), "-o", _folder.FullName], output, errors));
        Assert.Contains("give --class NAME", errors.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "golden", "torch", file);

    private static NamedTensor[] Linear(string name, float value) => [new NamedTensor($"{name}.weight", [1, 1], new[] { value }), new NamedTensor($"{name}.bias", [1], new[] { value })];

    private string Write(params NamedTensor[][] modules)
    {
        string path = Path.Combine(_folder.FullName, "weights.safetensors");
        SafetensorsFile.Write(path, [.. modules.SelectMany(static module => module)]);
        return path;
    }
}
