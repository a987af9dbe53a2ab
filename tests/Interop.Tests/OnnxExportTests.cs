using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Unroll.Numerics.Tests.Harness;
using Unroll.Runtime.Tests;
using Unroll.Tests;
using Unroll.Tool;

namespace Unroll.Interop.Tests;

/// <summary>Networks written as ONNX: ONNX Runtime predicts what the network predicts, and so does the file when it is imported again.</summary>
public sealed partial class OnnxExportTests : IDisposable
{
    private const int Samples = 3;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("onnx");

    /// <summary>Attributes of networks of one input.</summary>
    public static TheoryData<string> Networks => new()
    {
        "[Network(5)] [Dense(7, Activation.Relu)] [Dropout(0.2f)] [BatchNormalization] [Dense(4, UseBias = false)] [BatchNormalization(Scale = false)] [Dense(3, Activation.Softmax)]",
        "[Network(4)] [Normalization] [Dense(5, Activation.Gelu)] [Dense(5, Activation.GeluTanh)] [Dense(5, Activation.Swish)] [Dense(5, Activation.Elu)] [Dense(5, Activation.Selu)] [Dense(5, Activation.LogSigmoid)] [Dense(5, Activation.HardSigmoid)] [Dense(5, Activation.HardSwish)] [Dense(5, Activation.Mish)] [Dense(5, Activation.LogSoftmax)]",
        "[Network(4)] [Dense(5, Activation.LeakyRelu)] [Dense(5, Activation.Sigmoid)] [Dense(5, Activation.Tanh)] [Dense(5, Activation.Softplus)] [Dense(5, Activation.Softsign)] [Dense(5, Activation.Exponential)] [Dense(5, Activation.Relu6)] [Dense(5, Activation.Celu)] [Dense(5, Activation.HardTanh)] [Dense(5, Activation.TanhShrink)] [Dense(5, Activation.Squareplus)]",
        "[Network(6)] [Dense(8)] [Activate(Activation.SoftShrink, Lambda = 0.1f)] [Dense(8)] [Activate(Activation.HardShrink, Lambda = 0.2f)] [Dense(8)] [ThresholdedRelu(0.1f)] [Dense(8)] [LeakyRelu(0.3f)] [PRelu] [Activate(Activation.Elu, Alpha = 0.5f)] [Activate(Activation.Squareplus, B = 2f)] [Activate(Activation.Celu, Alpha = 0.7f)]",
        "[Network(9, 8, 2)] [Rescaling(0.5f, 0.25f)] [RandomFlip] [RandomTranslation(0.1f, 0.2f)] [RandomRotation([-0.1f, 0.2f])] [RandomZoom(0.1f)] [Conv2D(6, 3, Activation.Relu, Padding = Padding.Same, Strides = [2])] [SpatialDropout2D(0.1f)] [MaxPooling2D(3, Strides = [2], Padding = Padding.Same)] [BatchNormalization] [Conv2D(4, [1, 2], Groups = 2)] [Flatten] [Dense(3)]",
        "[Network(7, 6, 3)] [DepthwiseConv2D(3, Activation.Swish, DepthMultiplier = 2, Padding = Padding.Same)] [PRelu(SharedAxes = [1, 2])] [SeparableConv2D(4, 2, Dilation = [2])] [AveragePooling2D(2, Padding = Padding.Same)] [UpSampling2D(2, Interpolation = Interpolation.Bilinear)] [ZeroPadding2D([1, 0, 2, 1])] [Cropping2D([0, 1, 1, 0])] [GlobalAveragePooling2D]",
        "[Network(5, 4, 3)] [Conv2DTranspose(4, 3, Activation.Tanh, Strides = [2], Padding = Padding.Same)] [Conv2DTranspose(3, 2, Strides = [3])] [Conv2DTranspose(2, 3, Strides = [2], OutputPadding = [1])] [UpSampling2D([1, 2])] [GlobalMaxPooling2D(KeepDims = true)] [Activate(Activation.Softmax)]",
        "[Network(12, 3)] [Conv1D(5, 3, Activation.Relu, Padding = Padding.Causal, Dilation = [2])] [SpatialDropout1D(0.2f)] [DepthwiseConv1D(3, Padding = Padding.Same)] [SeparableConv1D(4, 3, Strides = [2])] [UpSampling1D(2)] [ZeroPadding1D(1, 2)] [Cropping1D(2, 0)] [MaxPooling1D] [Conv1DTranspose(3, 4, Strides = [2])] [AveragePooling1D(3)] [GlobalMaxPooling1D]",
        "[Network(6, 4, 8)] [GroupNormalization(4)] [LayerNormalization] [LayerNormalization(Axis = [1, 3], Center = false)] [BatchNormalization(Axis = 1)] [GroupNormalization(-1, Axis = 2, Scale = false)] [Activate(Activation.LogSoftmax)]",
        "[Network(12)] [Reshape(3, 4)] [Permute(2, 1)] [Dense(5, Activation.Tanh)] [BatchNormalization] [GlobalAveragePooling1D(KeepDims = true)] [Flatten] [RepeatVector(3)] [GaussianNoise(0.1f)] [GaussianDropout(0.1f)] [AlphaDropout(0.1f)] [ActivityRegularization(L2 = 0.1f)] [Activate(Activation.Softmax)]",
        "[Network(7, 3)] [LSTM(4, ReturnSequences = true)] [GRU(5, ReturnSequences = true, GoBackwards = true, Name = \"a\")] [PositionEmbedding(9, Name = \"b\")] [Add(\"a\", \"b\")] [SimpleRNN(3, ReturnSequences = true)] [GRU(4, ResetAfter = false)]",
        "[Network(7, 3)] [LSTM(4, ReturnSequences = true, GoBackwards = true, UseBias = false)] [LSTM(3, GoBackwards = true)]",
        "[Network(6, 3)] [LSTM(4, ReturnSequences = true, Bidirectional = BidirectionalMerge.Concat)] [GRU(3, Activation = Activation.Relu, RecurrentActivation = Activation.Softsign, ReturnSequences = true)] [SimpleRNN(4, Bidirectional = BidirectionalMerge.Concat, UseBias = false)]",
        "[Network(6, 3)] [LSTM(4, ReturnSequences = true, Activation = Activation.Swish, GoBackwards = true)] [GRU(3, ReturnSequences = true, RecurrentActivation = Activation.HardSigmoid, Bidirectional = BidirectionalMerge.Mul)] [GRU(4, ResetAfter = false, Activation = Activation.Gelu, Bidirectional = BidirectionalMerge.Ave)]",
        "[Network(6, 3)] [SimpleRNN(4, ReturnSequences = true, Bidirectional = BidirectionalMerge.Sum)] [SimpleRNN(3, Activation = Activation.Elu, GoBackwards = true, UseBias = false)]",
        """
        [Network(5, 4)] [Dense(6, Name = "a")] [MultiHeadAttention(2, 3, Name = "b")] [Add("a", "b", Name = "c")] [LayerNormalization(Name = "d")]
        [Dense(5, From = "input", Name = "e")] [MultiHeadAttention(3, 2, Query = "d", Value = "e", ValueDim = 4, OutputDim = 7, Causal = true, UseBias = false)] [GlobalAveragePooling1D]
        """,
        """
        [Network(6, 6, 4)] [Conv2D(4, 3, Activation.Relu, Padding = Padding.Same, Name = "a")] [Conv2D(4, 1, From = "input", Name = "b")] [Add("a", "b", Name = "c")]
        [Subtract("c", "a", Name = "d")] [Multiply("d", "b", Name = "e")] [Average("e", "a", "b", Name = "f")] [Maximum("f", "c", Name = "g")] [Minimum("g", "a", Name = "h")]
        [GlobalAveragePooling2D(Name = "i")] [Multiply("h", "i", Name = "j")] [Concatenate("j", "a")] [Flatten(Name = "k")] [Dense(5, Name = "l")] [Dense(5, From = "k", Name = "m")] [Multiply("l", "m")]
        """,
    };

    /// <summary>Those whose operators are not read again.</summary>
    public static TheoryData<string> OneWay => new()
    {
        """[Network(4, 3)] [Dense(3, Name = "a")] [Dense(3, From = "input", Name = "b")] [Dot("a", "b", Axes = [2, 2], Name = "c")] [Concatenate("c", "a", Axis = 2)] [Add("", "")] [Dot("", "a", Axes = [1])]""",
        "[Network(5, 2)] [LSTM(3, ReturnSequences = true, GoBackwards = true, Bidirectional = BidirectionalMerge.Sum)] [GRU(2, ReturnSequences = true, GoBackwards = true, Bidirectional = BidirectionalMerge.Concat)] [SimpleRNN(3, GoBackwards = true, Activation = Activation.Elu, Bidirectional = BidirectionalMerge.Concat)]",
        """[Network(6, 4, 8)] [RMSNormalization] [UnitNormalization(Axis = [2, 3])] [Flatten(Name = "k")] [Dense(5, Name = "l")] [Dense(5, From = "k", Name = "m")] [Dot("l", "m", Normalize = true)]""",
    };

    public static TheoryData<string> TriedNetworks => SlowTests.Some(Networks);

    /// <summary>Every layer but the one of ids, which has a test of its own.</summary>
    public static TheoryData<string> Layers => SlowTests.Some<string>([.. LayerExamples.Names.Where(static name => name != "Embedding")]);

    /// <summary>Recurrent layers that ONNX has no operator for.</summary>
    public static TheoryData<string> Loops => SlowTests.Some<string>(
    [
        "LSTM(4, Activation = Activation.Swish, RecurrentActivation = Activation.HardSigmoid)",
        "LSTM(3, Activation = Activation.Gelu, ReturnSequences = true, UseBias = false)",
        "GRU(4, Activation = Activation.Elu, GoBackwards = true, ReturnSequences = true)",
        "GRU(2, Activation = Activation.Linear, ResetAfter = false)",
        "GRU(3, Activation = Activation.Mish, UseBias = false)",
        "SimpleRNN(3, Activation = Activation.Selu, ReturnSequences = true)",
        "SimpleRNN(2, Activation = Activation.HardTanh, UseBias = false)",
        "GRU(3, Activation = Activation.Mish, ReturnSequences = true, Bidirectional = BidirectionalMerge.Concat)",
        "LSTM(3, Activation = Activation.Gelu, ReturnSequences = true, Bidirectional = BidirectionalMerge.Mul)",
        "LSTM(3, Activation = Activation.Gelu, Bidirectional = BidirectionalMerge.Ave)",
        "GRU(3, GoBackwards = true, Bidirectional = BidirectionalMerge.Concat)",
    ]);

    /// <summary>Networks, and the block that they apply to each step.</summary>
    public static TheoryData<string, string> BlocksOfEachStep => new(SlowTests.SomeOf<(string, string)>(
    [
        ("[Network(3, 5, 4, 2)] [TimeDistributed<Each>] [GRU(4)] [Dense(2)]", "[Conv2D(3, 2, Activation.Tanh)] [MaxPooling2D(2)] [Flatten] [Dense(5)]"),
        ("[Network(3, 5, 4, 2)] [TimeDistributed<Each>] [GlobalAveragePooling1D]", "[DepthwiseConv2D(2, Activation.Relu)] [BatchNormalization] [GlobalAveragePooling2D] [Dense(5, Activation.Softmax)]"),
        ("[Network(3, 5, 4, 2)] [TimeDistributed<Each>] [Flatten]", "[Conv2D(3, 2, Padding = Padding.Same, Name = \"a\")] [Conv2D(3, 1, From = \"input\", Name = \"b\")] [Add(\"a\", \"b\")] [Activate(Activation.Relu)]"),
        ("[Network(3, 5, 4, 2)] [TimeDistributed<Each>] [Conv2D(2, 2)] [Flatten] [Dense(2)]", "[Conv2D(3, 2, Strides = [2])] [GlobalMaxPooling2D(KeepDims = true)] [UpSampling2D(3)] [Reshape(9, 3)]"),
        ("[Network(3, 6, 4)] [TimeDistributed<Each>] [LSTM(3)]", "[GRU(3, ReturnSequences = true)] [LSTM(2, Bidirectional = BidirectionalMerge.Concat)]"),
        ("[Network(3, 6, 4)] [TimeDistributed<Each>] [GlobalMaxPooling1D]", "[GRU(3, GoBackwards = true, Activation = Activation.Swish)]"),
        ("[Network(3, 6, 4)] [TimeDistributed<Each>] [GlobalMaxPooling1D]", "[MultiHeadAttention(2, 3, Name = \"a\")] [Add(\"a\", \"input\")] [LayerNormalization] [GlobalAveragePooling1D]"),
        ("[Network(3, 6, 4)] [TimeDistributed<Each>] [TimeDistributed<Each>(Name = \"again\")] [Flatten]", "[Conv1D(4, 3, Padding = Padding.Causal)] [MaxPooling1D] [UpSampling1D]"),
        ("[Network(3, 6, 4)] [TimeDistributed<Each>(Name = \"one\")] [TimeDistributed<Each>(From = \"input\", Name = \"two\")] [Concatenate(\"one\", \"two\")]", "[Conv1D(4, 3)] [Flatten]"),
        ("[Network(2, 3, 6, 4)] [TimeDistributed<Outer>] [LSTM(3)]", "[Conv1D(4, 3, Activation.Relu)] [GlobalAveragePooling1D]"),
        ("[Network(3, 8)] [TimeDistributed<Each>] [GRU(3)]", "[Reshape(4, 2)] [Permute(2, 1)] [Flatten] [RepeatVector(2)] [Flatten]"),
        ("[Network(1, 6, 4)] [TimeDistributed<Each>] [Flatten]", "[Conv1D(4, 3, Activation.Relu)] [Flatten]"),
        ("[Network(3, 6, 4)] [TimeDistributed<Each>] [GRU(2)]", "[PositionEmbedding(6, Name = \"p\")] [Add(\"p\", \"input\", Name = \"x\")] [LayerNormalization] [MultiHeadAttention(2, 3)] [Add(\"\", \"x\")] [GlobalMaxPooling1D]"),
    ]));

    [Theory]
    [MemberData(nameof(Layers))]
    public void OnnxRuntimePredictsEveryLayer(string layer) =>
        CheckInOnnxRuntime(new TestNetwork(LayerExamples.Network(layer), LayerExamples.Block));

    [Theory]
    [MemberData(nameof(TriedNetworks))]
    public void OnnxRuntimePredictsTheSameAndTheFileComesBack(string layers) => Check(new TestNetwork(layers));

    [Theory]
    [MemberData(nameof(OneWay))]
    public void OnnxRuntimePredictsTheSame(string layers) => Check(new TestNetwork(layers), comesBack: false);

    [Fact]
    public void BlocksAreExpandedAndShareTheirParameters() => Check(new TestNetwork(
        """
        [Network(6)] [Dense(8)] [Residual<Body>(Repeat = 2)] [Use<Body>(Name = "tower")] [Dense(8, Name = "other")] [Use<Body>(Shared = "tower", Name = "again")] [Use<Outer>]
        """,
        "[Block] [Dense(8, Activation.Tanh)] [BatchNormalization] public sealed partial class Body;\n[Block] [Use<Body>] [Residual<Body>] public sealed partial class Outer;"));

    [Theory]
    [InlineData("LSTM(4, From = \"x\", InitialState = [\"h\", \"c\"])")]
    [InlineData("GRU(4, From = \"x\", InitialState = [\"h\"], ReturnSequences = true, GoBackwards = true)")]
    [InlineData("SimpleRNN(4, From = \"x\", InitialState = [\"c\", \"h\"], Bidirectional = BidirectionalMerge.Concat)")]
    [InlineData("LSTM(4, From = \"x\", InitialState = [\"h\", \"c\", \"c\", \"h\"], Bidirectional = BidirectionalMerge.Concat, ReturnSequences = true)")]
    public void RecurrencesBeginWithGivenStates(string layer) => Check(new TestNetwork(
        $"[Network] [Input(\"x\", 5, 2)] [Input(\"k\", 3)] [Dense(4, Activation.Tanh, From = \"k\", Name = \"h\")] [Dense(4, From = \"k\", Name = \"c\")] [Concatenate(\"h\", \"c\")] [Output(\"states\")] [{layer}] [Output(\"y\")]",
        inputs: 2,
        outputs: 2));

    /// <summary>Loops of the formulas begin with them too.</summary>
    [Fact]
    public void LoopsBeginWithGivenStates() => Check(
        new TestNetwork(
            "[Network] [Input(\"x\", 5, 2)] [Input(\"k\", 3)] [Dense(4, From = \"k\", Name = \"h\")] [LSTM(4, From = \"x\", Activation = Activation.Swish, InitialState = [\"h\", \"h\"], ReturnSequences = true)] [GRU(4, Activation = Activation.Elu, InitialState = [\"h\", \"h\"], Bidirectional = BidirectionalMerge.Mul, GoBackwards = true)]",
            inputs: 2));

    /// <summary>The weights of the import fit the class that was exported: default names come back, and given ones that are another's default.</summary>
    [Theory]
    [InlineData("[Network(4)] [Dense(3, Activation.Relu)] [Dense(2)]")]
    [InlineData("[Network(4)] [Dense(3, Name = \"dense2\")] [Dense(3, Name = \"head\")] [Dense(3)] [Dense(3, Name = \"dense1\")]")]
    [InlineData("[Network(4)] [Dense(3)] [Dense(3, Name = \"dense4\")] [Dense(3)] [Dense(3, Name = \"dense2\")]")]
    [InlineData("[Network(6, 6, 2)] [Conv2D(3, 3, Activation.Gelu, Name = \"conv2d2\")] [Conv2D(3, 1, Activation.Relu, Name = \"conv2d1\")] [BatchNormalization] [Flatten] [Dense(2)]")]
    [InlineData("[Network(5, 3)] [LSTM(4, ReturnSequences = true)] [LSTM(4, ReturnSequences = true, Name = \"gru1\")] [GRU(3, Name = \"lstm1_2\")] [Dense(2)]")]
    public void WeightsOfTheImportLoadIntoTheClass(string layers)
    {
        var network = new TestNetwork(layers);
        using InferenceSession session = Open(network, out string path);
        float[] inputs = network.Numbers(Samples * session.InputMetadata["input"].Dimensions.Skip(1).Aggregate(1, static (product, size) => product * size));
        float[][] expected = network.Predict(inputs);
        string weights = Path.Combine(_folder.FullName, "imported.safetensors");

        ImportedNetwork imported = Onnx.Import(path);
        imported.SaveWeights(weights);
        foreach (Parameter parameter in network.Model.Parameters)
        {
            parameter.Assign(new float[parameter.Count]);
        }

        network.Model.LoadWeights(weights);

        AssertClose(expected, network.Predict(inputs), "weights of the import");
        AssertClose(expected, CompiledNetwork.Compile(imported).Predict([inputs]), "imported again");
    }

    /// <summary>Those in blocks of each step too.</summary>
    [Fact]
    public void LayersThatSharedTheirParametersAreNamed()
    {
        var network = new TestNetwork(
            "[Network(3, 6, 2)] [TimeDistributed<Each>] [Use<Memory>(Name = \"once\")] [Use<Memory>(Shared = \"once\", Name = \"again\")]",
            "[Block] [Use<Filter>(Name = \"a\")] [Use<Filter>(Shared = \"a\", Name = \"b\")] [GlobalAveragePooling1D] public sealed partial class Each;\n"
            + "[Block] [Conv1D(2, 3, Padding = Padding.Same)] public sealed partial class Filter;\n[Block] [LSTM(2, ReturnSequences = true)] public sealed partial class Memory;");
        Open(network, out string path).Dispose();

        IReadOnlyList<string> notes = Onnx.Import(path).Notes;

        const string SameConstants = "read the same constants; here each has its own, so that training changes one alone";
        Assert.Equal([$"each1/each1_a_conv1d1 and each1/each1_b_conv1d1 {SameConstants}", $"once_lstm1 and again_lstm1 {SameConstants}"], notes);
    }

    /// <summary>A cell of functions that the operators have not is a loop of its formulas, and comes back as the layer.</summary>
    [Theory]
    [MemberData(nameof(Loops))]
    public void LoopsComeBack(string layer) => Check(new TestNetwork($"[Network(5, 3)] [{layer}] [Dense(2)]"));

    /// <summary>Steps are joined with the samples before the block, and parted behind it.</summary>
    [Theory]
    [MemberData(nameof(BlocksOfEachStep))]
    public void BlocksOfEachStepComeBack(string layers, string each)
    {
        Check(new TestNetwork(layers, $"[Block] {each} public sealed partial class Each;\n[Block] [TimeDistributed<Each>] [GRU(4)] public sealed partial class Outer;"));

        // A single step is the sample itself.
        bool needsNone = layers.StartsWith("[Network(1,", StringComparison.Ordinal);
        Assert.Equal(!needsNone, Onnx.Import(Path.Combine(_folder.FullName, "exported.onnx")).Source.Contains("[TimeDistributed<", StringComparison.Ordinal));
    }

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

        using InferenceSession session = Open(network, out string path);

        Assert.Equal(["image", "meta"], session.InputMetadata.Keys);
        Assert.Equal(["map", "class"], session.OutputMetadata.Keys);
        Assert.Equal([-1, 4, 4, 1], session.InputMetadata["image"].Dimensions);
        Assert.Equal(["map", "class"], Onnx.Import(path).Outputs.Select(static output => output.Name));
        Check(network);
    }

    [Fact]
    public void IdsAreLookedUp()
    {
        var network = new TestNetwork("[Network(5)] [Embedding(6, 3)] [Flatten] [Dense(2)]");
        using InferenceSession session = Open(network, out _);
        float[] ids = [0, 5, 2, 2, 1, 3, 4, 0, 5, 1];

        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results =
            session.Run([NamedOnnxValue.CreateFromTensor("input", new DenseTensor<float>(ids, [2, 5]))]);

        AssertClose(network.Predict(ids), [results[0].AsTensor<float>().ToArray()], "ids");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Check(TestNetwork network, bool comesBack = true)
    {
        (float[][] inputs, float[][] expected, string path) = CheckInOnnxRuntime(network);
        if (!comesBack)
        {
            Assert.Throws<ImportException>(() => Onnx.Import(path));
            return;
        }

        ImportedNetwork imported = Onnx.Import(path);
        float[][] arranged = [.. imported.Inputs.Select((input, i) => input.Arrange(inputs[i]))];
        AssertClose([.. imported.Outputs.Select((output, i) => output.Arrange(expected[i]))], CompiledNetwork.Compile(imported).Predict(arranged), "imported again");
    }

    /// <returns>What was predicted from what, and the file.</returns>
    private (float[][] Inputs, float[][] Outputs, string Path) CheckInOnnxRuntime(TestNetwork network)
    {
        using InferenceSession session = Open(network, out string path);
        int[][] shapes = [.. session.InputMetadata.Values.Select(static input => input.Dimensions)];
        float[][] inputs = [.. shapes.Select(shape => network.Numbers(Samples * shape.Skip(1).Aggregate(1, static (product, size) => product * size)))];
        float[][] expected = network.Predict(inputs);

        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = session.Run([.. session.InputMetadata.Keys.Select((name, i) =>
            NamedOnnxValue.CreateFromTensor(name, new DenseTensor<float>(inputs[i], [Samples, .. shapes[i].Skip(1)])))]);
        AssertClose(expected, [.. results.Select(static result => result.AsTensor<float>().ToArray())], "ONNX Runtime");
        return (inputs, expected, path);
    }

    private InferenceSession Open(TestNetwork network, out string path)
    {
        path = Path.Combine(_folder.FullName, "exported.onnx");
        Onnx.Export(network.Model, path);
        return new InferenceSession(path);
    }

    // ONNX Runtime's own functions are off by some 3e-6.
    private static void AssertClose(float[][] expected, float[][] actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int output = 0; output < expected.Length; output++)
        {
            Assert.Equal(expected[output].Length, actual[output].Length);
            for (int i = 0; i < expected[output].Length; i++)
            {
                Golden.AssertClose(expected[output][i], actual[output][i], relative: 5e-6, absolute: 5e-6, $"{what}, output {output}[{i}]");
            }
        }
    }
}
