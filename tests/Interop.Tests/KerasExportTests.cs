using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Unroll.Runtime.Tests;
using Unroll.Tests;
using Unroll.Tool;

namespace Unroll.Interop.Tests;

/// <summary>Networks written as <c>.keras</c> files predict the same when they are imported again, and have the form of files that Keras wrote.</summary>
public sealed class KerasExportTests : IDisposable
{
    private const int Samples = 2;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("keras");

    /// <summary>Attributes of networks of one input; all layers of the catalog are in them.</summary>
    public static TheoryData<string> Networks => new()
    {
        "[Network(5)] [Normalization] [Dense(7, Activation.Relu, KernelL2 = 0.01f, BiasConstraint = Constraint.NonNeg)] [Dropout(0.2f)] [BatchNormalization(Momentum = 0.9f)] [Dense(4, UseBias = false, KernelInitializer = Initializer.HeNormal)] [BatchNormalization(Scale = false)] [Dense(3, Activation.Softmax, Name = \"head\")]",
        "[Network(4)] [Dense(5, Activation.Gelu)] [Dense(5, Activation.Swish)] [Dense(5, Activation.Elu)] [Dense(5, Activation.Selu)] [Dense(5, Activation.LogSigmoid)] [Dense(5, Activation.HardSigmoid)] [Dense(5, Activation.HardSwish)] [Dense(5, Activation.Mish)] [Dense(5, Activation.LogSoftmax)]",
        "[Network(4)] [Dense(5, Activation.LeakyRelu)] [Dense(5, Activation.Sigmoid)] [Dense(5, Activation.Tanh)] [Dense(5, Activation.Softplus)] [Dense(5, Activation.Softsign)] [Dense(5, Activation.Exponential)] [Dense(5, Activation.Relu6)] [Dense(5, Activation.Celu)] [Dense(5, Activation.HardTanh)] [Dense(5, Activation.TanhShrink)] [Dense(5, Activation.Squareplus)] [Dense(5, Activation.SoftShrink)] [Dense(5, Activation.HardShrink)]",
        "[Network(6)] [Dense(8, KernelInitializer = Initializer.VarianceScaling, KernelInitializerMode = FanMode.FanAvg, KernelConstraint = Constraint.MaxNorm)] [ThresholdedRelu(0.1f)] [Dense(8)] [LeakyRelu(0.3f)] [PRelu] [Activate(Activation.ThresholdedRelu, Theta = 0.05f)] [Activate(Activation.Swish)]",
        "[Network(9, 8, 2)] [Rescaling(0.5f, 0.25f)] [RandomFlip] [RandomTranslation(0.1f, 0.2f)] [RandomRotation([-0.1f, 0.2f])] [RandomZoom(0.1f)] [Conv2D(6, 3, Activation.Relu, Padding = Padding.Same, Strides = [2])] [SpatialDropout2D(0.1f)] [MaxPooling2D(3, Strides = [2], Padding = Padding.Same)] [BatchNormalization] [Conv2D(4, [1, 2], Groups = 2)] [Flatten] [Dense(3)]",
        "[Network(7, 6, 3)] [DepthwiseConv2D(3, Activation.Swish, DepthMultiplier = 2, Padding = Padding.Same)] [PRelu(SharedAxes = [1, 2])] [SeparableConv2D(4, 2, Dilation = [2])] [AveragePooling2D(2, Padding = Padding.Same)] [UpSampling2D(2, Interpolation = Interpolation.Bilinear)] [ZeroPadding2D([1, 0, 2, 1])] [Cropping2D([0, 1, 1, 0])] [GlobalAveragePooling2D]",
        "[Network(7, 6, 3)] [CenterCrop(4, 5)] [GlobalMaxPooling2D]",
        "[Network(5, 4, 3)] [Conv2DTranspose(4, 3, Activation.Tanh, Strides = [2], Padding = Padding.Same)] [Conv2DTranspose(3, 2, Strides = [3])] [Conv2DTranspose(2, 3, Strides = [2], OutputPadding = [1])] [UpSampling2D([1, 2])] [GlobalMaxPooling2D(KeepDims = true)] [Activate(Activation.Softmax)]",
        "[Network(12, 3)] [Conv1D(5, 3, Activation.Relu, Padding = Padding.Causal, Dilation = [2])] [SpatialDropout1D(0.2f)] [DepthwiseConv1D(3, Padding = Padding.Same)] [SeparableConv1D(4, 3, Strides = [2])] [UpSampling1D(2)] [ZeroPadding1D(1, 2)] [Cropping1D(2, 0)] [MaxPooling1D] [Conv1DTranspose(3, 4, Strides = [2])] [AveragePooling1D(3)] [GlobalMaxPooling1D]",
        "[Network(7, 3)] [LSTM(4, ReturnSequences = true)] [GRU(5, ReturnSequences = true, GoBackwards = true)] [SimpleRNN(3, ReturnSequences = true)] [GRU(4, ResetAfter = false)]",
        "[Network(5, 4)] [LSTM(4, ReturnSequences = true, Bidirectional = BidirectionalMerge.Sum, KernelL2 = 0.1f)] [GRU(3, ReturnSequences = true, Bidirectional = BidirectionalMerge.Concat)] [SimpleRNN(2, Bidirectional = BidirectionalMerge.Ave, UseBias = false)]",
        """
        [Network(5, 4)] [Dense(6, Name = "a")] [MultiHeadAttention(2, 3, Name = "c")] [Dense(4, From = "input", Name = "b")]
        [MultiHeadAttention(2, 2, Query = "c", Value = "b", OutputDim = 5, ValueDim = 3, Causal = true)] [MultiHeadAttention(1, 2, Value = "a", Key = "b", UseBias = false)]
        """,
        "[Network(5, 4)] [GRU(3, ReturnSequences = true, GoBackwards = true, Bidirectional = BidirectionalMerge.Concat)] [LSTM(2, GoBackwards = true, Bidirectional = BidirectionalMerge.Mul)]",
        "[Network(4)] [Dense(3, Activation.GeluTanh)] [Activate(Activation.Celu, Alpha = 2f)] [Dense(3, Activation.ThresholdedRelu)] [Dense(4)] [Activate(Activation.SoftShrink, Lambda = 0.1f)] [Dense(4)] [Activate(Activation.HardShrink, Lambda = 0.1f)] [Activate(Activation.Squareplus, B = 2f)]",
        "[Network(5, 2)] [Dense(3, Name = \"a\")] [PositionEmbedding(8, Name = \"b\")] [Add(\"a\", \"b\", Name = \"c\")] [PositionEmbedding(Name = \"d\")] [Add(\"c\", \"d\")] [GRU(3)]",
        "[Network(6, 4, 8)] [GroupNormalization(4)] [LayerNormalization] [RMSNormalization] [UnitNormalization] [BatchNormalization(Axis = 1)] [GroupNormalization(-1)] [Activate(Activation.LogSoftmax)]",
        "[Network(12)] [Reshape(3, 4)] [Permute(2, 1)] [Dense(5, Activation.Tanh)] [GlobalAveragePooling1D(KeepDims = true)] [Flatten] [RepeatVector(3)] [GaussianNoise(0.1f)] [GaussianDropout(0.1f)] [AlphaDropout(0.1f)] [ActivityRegularization(L2 = 0.1f)] [Activate(Activation.Elu, Alpha = 0.5f)]",
        """
        [Network(6, 6, 4)] [Conv2D(4, 3, Activation.Relu, Padding = Padding.Same, Name = "a")] [Conv2D(4, 1, From = "input", Name = "b")] [Add("a", "b", Name = "c")]
        [Subtract("c", "a", Name = "d")] [Multiply("d", "b", Name = "e")] [Average("e", "a", "b", Name = "f")] [Maximum("f", "c", Name = "g")] [Minimum("g", "a", Name = "h")]
        [GlobalAveragePooling2D(Name = "i")] [Multiply("h", "i", Name = "j")] [Concatenate("j", "a")] [Flatten(Name = "k")] [Dense(5, Name = "l")] [Dense(5, From = "k", Name = "m")] [Dot("m", "l", Normalize = true)]
        """,
    };

    public static TheoryData<string> TriedNetworks => SlowTests.Some(Networks);

    [Theory]
    [MemberData(nameof(TriedNetworks))]
    public void ComesBack(string layers) => Check(new TestNetwork(layers));

    [Theory]
    [InlineData("[Network(4)] [Dense(8, Name = \"input\")] [Dense(2)]")]
    [InlineData("[Network(4)] [Dense(4, From = \"input\", Name = \"left\")] [Dense(4, Name = \"input\")] [Add(\"left\", \"\")]")]
    public void ALayerThatIsCalledLikeTheInputComesBack(string layers) => Check(new TestNetwork(layers));

    [Fact]
    public void BlocksAreExpandedAndShareTheirLayers() => Check(new TestNetwork(
        """
        [Network(6)] [Dense(8)] [Residual<Body>(Repeat = 2)] [Use<Body>(Name = "tower")] [Dense(8, Name = "other")] [Use<Body>(Shared = "tower", Name = "again")] [Dense(8, From = "dense1")] [Add("", "again")]
        """,
        "[Block] [Dense(8, Activation.Tanh)] [BatchNormalization] public sealed partial class Body;"));

    [Fact]
    public void SeveralInputsAndOutputsKeepTheirNames()
    {
        var network = new TestNetwork(
            """
            [Network] [Input("image", 4, 4, 1)] [Input("meta", 3)] [Conv2D(2, 3, From = "image", Name = "seen")] [Output("map")] [Flatten] [Dense(3, Name = "flat")]
            [Add("flat", "meta")] [Dense(2, Activation.Softmax)] [Output("class")]
            """,
            inputs: 2,
            outputs: 2);

        ImportedNetwork imported = Keras.Import(Export(network));

        Assert.Equal(["image", "meta"], imported.Inputs.Select(static input => input.FileName));
        Assert.Equal(["map", "class"], imported.Outputs.Select(static output => output.FileName));
        Check(network);
    }

    [Theory]
    [InlineData("[Network(3, 5, 4, 2)] [TimeDistributed<Body>] [GRU(4)]", "[Conv2D(3, 2, Activation.Tanh)] [MaxPooling2D(2)] [BatchNormalization] [Flatten] [Dense(5, Activation.GeluTanh)]")]
    [InlineData("[Network(3, 5, 2)] [TimeDistributed<Body>(Name = \"lines\")] [Dense(4)]", "[LSTM(3, Bidirectional = BidirectionalMerge.Concat)]")]
    [InlineData("[Network(3, 5, 2)] [TimeDistributed<Body>] [Dense(4)]", "[Dense(4, Name = \"a\")] [MultiHeadAttention(2, 3)] [Add(\"\", \"a\")] [GlobalAveragePooling1D]")]
    [InlineData("[Network(2, 3, 4, 5)] [TimeDistributed<Outer>] [Flatten] [Dense(4)]", "[Conv1D(2, 2)] [Flatten]")]
    [InlineData("[Network(2, 3, 5)] [TimeDistributed<Attend>] [Flatten]", "[Dense(4)]")]
    [InlineData("[Network(3, 4, 5)] [Use<Wrapped>(Name = \"one\")] [Use<Wrapped>(Shared = \"one\", From = \"input\")] [Add(\"\", \"one\")] [Flatten]", "[Dense(5)] [Conv1D(3, 2)]")]
    public void BlocksThatAreAppliedToEachStepComeBack(string layers, string body) => Check(new TestNetwork(
        layers,
        $"[Block] {body} public sealed partial class Body; [Block] [TimeDistributed<Body>] [Dense(3)] public sealed partial class Outer; [Block] [MultiHeadAttention(2, 2)] public sealed partial class Attend; [Block] [TimeDistributed<Body>(Name = \"each\")] public sealed partial class Wrapped;"));

    [Fact]
    public void GivenStatesComeBack() => Check(new TestNetwork(
        """
        [Network] [Input("x", 5, 2)] [Input("k", 3)] [Dense(4, Activation.Tanh, From = "k", Name = "h")] [Dense(4, From = "k", Name = "c")]
        [LSTM(4, From = "x", InitialState = ["h", "c"], ReturnSequences = true, Name = "a")] [GRU(4, InitialState = ["c"], Name = "b")]
        [SimpleRNN(4, From = "a", InitialState = ["b", "b"], Bidirectional = BidirectionalMerge.Concat, Name = "d")]
        [LSTM(4, From = "a", InitialState = ["h", "c", "b", "h"], Bidirectional = BidirectionalMerge.Sum, GoBackwards = true)] [Concatenate("", "d")]
        """,
        inputs: 2));

    [Fact]
    public void WeightsOfAnExportedNetworkGoIntoItsClass()
    {
        const string Layers = "[Network(3, 5, 2)] [Residual<Body>] [TimeDistributed<Inner>] [Residual<Body>]";
        const string Blocks = "[Block] [Dense(3, Activation.Tanh)] [Dense(2)] public sealed partial class Body; [Block] [Residual<Body>] [LSTM(2)] public sealed partial class Inner;";
        var network = new TestNetwork(Layers, Blocks);
        var other = new TestNetwork(Layers, Blocks);
        Assert.All(other.Model.Parameters, static parameter => parameter.Assign(new float[parameter.Count]));

        Keras.LoadWeights(other.Model, Export(network));

        Assert.All(network.Model.Parameters, parameter => Assert.Equal(parameter.ToArray(), other.Model.Parameters[parameter.Name].ToArray()));
    }

    [Fact]
    public void WhatKerasLacksIsNamedAtOnce()
    {
        var network = new TestNetwork("[Network(4, 2)] [GRU(3, Activation = Activation.GeluTanh, ReturnSequences = true)] [Dense(2, Activation.GeluTanh)] [LSTM(3, RecurrentActivation = Activation.ThresholdedRelu, ReturnSequences = true, Name = \"a\")] [PositionEmbedding(EmbeddingsL2 = 0.1f, Name = \"b\")] [Add(\"a\", \"b\")]");

        ExportException exception = Assert.Throws<ExportException>(() => Export(network));

        Assert.Equal(["gru1 (GRU)", "a (LSTM)", "b (PositionEmbedding)"], exception.Problems.Select(static problem => problem[..problem.IndexOf(':', StringComparison.Ordinal)]));
        Assert.Empty(_folder.GetFiles());
    }

    /// <summary>From Keras to a class and back: layers, names and arguments of the golden files.</summary>
    [Theory]
    [InlineData("mlp_uncompiled.keras")]
    [InlineData("cnn.keras")]
    [InlineData("named.keras")]
    [InlineData("lstm.keras")]
    [InlineData("states.keras")]
    [InlineData("pages.keras")]
    public void AConfigurationOfKerasComesBackWithItsArguments(string name)
    {
        CompiledNetwork compiled = CompiledNetwork.Compile(Keras.Import(GoldenFile.PathOf(name)));
        string path = Path.Combine(_folder.FullName, "back.keras");

        Keras.Export(compiled.Model, path);

        using JsonDocument before = Configuration(GoldenFile.PathOf(name));
        using JsonDocument after = Configuration(path);
        JsonElement[] expected = Layers(before);
        JsonElement[] actual = Layers(after);
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            AssertSame(expected[i], actual[i]);
        }
    }

    /// <summary>Keras 3.16 opens what has this form, and not what has a list of one input or output within a layer of each step.</summary>
    [Theory]
    [InlineData("states.keras")]
    [InlineData("pages.keras")]
    public void CallsComeBackAsKerasWritesThem(string name)
    {
        CompiledNetwork compiled = CompiledNetwork.Compile(Keras.Import(GoldenFile.PathOf(name)));
        string path = Path.Combine(_folder.FullName, "back.keras");

        Keras.Export(compiled.Model, path);

        using JsonDocument before = Configuration(GoldenFile.PathOf(name));
        using JsonDocument after = Configuration(path);
        Assert.Equal(Ends(before.RootElement), Ends(after.RootElement));
        Assert.Equal(Layers(before).Select(Calls), Layers(after).Select(Calls));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    // Inputs and outputs as [name, call, tensor] or lists of it, here and within layers of each step.
    private static string Ends(JsonElement model)
    {
        JsonElement config = model.GetProperty("config");
        IEnumerable<JsonElement> inside = config.GetProperty("layers").EnumerateArray()
            .Where(static layer => layer.GetProperty("class_name").GetString() == "TimeDistributed")
            .Select(static layer => layer.GetProperty("config").GetProperty("layer"))
            .Where(static layer => layer.GetProperty("class_name").GetString() == "Functional");
        return string.Join(' ', new[] { "input_layers", "output_layers" }.Select(ends => Depth(config.GetProperty(ends))).Concat(inside.Select(Ends)));
    }

    private static string Depth(JsonElement ends) => ends.ValueKind != JsonValueKind.Array ? "" : $"[{string.Join(",", ends.EnumerateArray().Select(Depth))}]";

    // Arguments and named ones, with numbers for names, which blocks change.
    private static string Calls(JsonElement layer) => string.Join(' ', layer.GetProperty("inbound_nodes").EnumerateArray().Select(static node => string.Join(' ',
        $"({Call(node.GetProperty("args"))})",
        string.Concat(node.GetProperty("kwargs").EnumerateObject().Where(static argument => argument.Value.ValueKind != JsonValueKind.Null).Select(static argument => $"{argument.Name}: {Call(argument.Value)}")))));

    private static string Call(JsonElement argument) => argument.ValueKind == JsonValueKind.Array
        ? $"[{string.Join(", ", argument.EnumerateArray().Select(Call))}]"
        : Text(argument.GetProperty("config").GetProperty("shape")) + argument.GetProperty("config").GetProperty("keras_history")[1].GetRawText();

    private static JsonElement[] Layers(JsonDocument document) => [.. document.RootElement.GetProperty("config").GetProperty("layers").EnumerateArray()];

    private static JsonDocument Configuration(string path)
    {
        using ZipArchive zip = ZipFile.OpenRead(path);
        using Stream stream = zip.GetEntry("config.json")!.Open();
        return JsonDocument.Parse(stream);
    }

    // A ReLU layer is an activation here; the name of an input and characters that are not those of names are not kept.
    private static void AssertSame(JsonElement expected, JsonElement actual)
    {
        string className = expected.GetProperty("class_name").GetString()!;
        if (className is "InputLayer" or "ReLU")
        {
            return;
        }

        Assert.Equal(className, actual.GetProperty("class_name").GetString());
        if (className == "Bidirectional")
        {
            AssertSame(expected.GetProperty("config").GetProperty("layer"), actual.GetProperty("config").GetProperty("layer"));
            AssertSame(expected.GetProperty("config").GetProperty("backward_layer"), actual.GetProperty("config").GetProperty("backward_layer"));
        }

        JsonElement arguments = actual.GetProperty("config");
        foreach (JsonProperty argument in expected.GetProperty("config").EnumerateObject())
        {
            if (argument.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Object) && argument.Name is not ("name" or "seed" or "synchronized" or "renorm" or "renorm_momentum" or "return_state" or "stateful" or "unroll"))
            {
                Assert.True(arguments.TryGetProperty(argument.Name, out JsonElement value), $"{className}: {argument.Name}");
                Assert.Equal(Text(argument.Value), Text(value));
            }
        }
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.Number
        ? ((float)value.GetDouble()).ToString(CultureInfo.InvariantCulture)
        : value.GetRawText().Replace(" ", "", StringComparison.Ordinal);

    private string Export(TestNetwork network)
    {
        string path = Path.Combine(_folder.FullName, "exported.keras");
        Keras.Export(network.Model, path);
        return path;
    }

    private void Check(TestNetwork network)
    {
        string path = Export(network);
        ImportedNetwork imported = Keras.Import(path);
        CompiledNetwork compiled = CompiledNetwork.Compile(imported);
        float[][] inputs = [.. Sizes(compiled).Select(size => network.Numbers(Samples * size))];
        float[][] expected = network.Predict(inputs);

        Keep(path, inputs, expected);
        float[][] actual = compiled.Predict(inputs);
        Assert.Equal(expected.Length, actual.Length);
        for (int output = 0; output < expected.Length; output++)
        {
            Assert.Equal(expected[output].Length, actual[output].Length);
            for (int i = 0; i < expected[output].Length; i++)
            {
                Golden.AssertClose(expected[output][i], actual[output][i], relative: 1e-6, absolute: 1e-6, $"output {output}[{i}]");
            }
        }
    }

    /// <summary>Keeps the file, with inputs and outputs, for golden/keras_opens.py, which opens it in Keras.</summary>
    private static void Keep(string path, float[][] inputs, float[][] expected)
    {
        if (Environment.GetEnvironmentVariable("KERAS_FILES") is string folder)
        {
            string kept = Path.Combine(folder, Guid.NewGuid().ToString("N"));
            File.Copy(path, kept + ".keras");
            File.WriteAllText(kept + ".json", JsonSerializer.Serialize(new { inputs, expected }));
        }
    }

    private static IEnumerable<int> Sizes(CompiledNetwork compiled)
    {
        var graph = (NetworkGraph)compiled.Model.GetType().GetProperty("Graph")!.GetValue(null)!;
        return graph.Layers.Where(static node => node.Kind == "Input").Select(static node => node.Shape.Aggregate(1, static (product, size) => product * size));
    }
}
