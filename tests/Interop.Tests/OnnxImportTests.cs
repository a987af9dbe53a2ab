using Unroll.Runtime.Tests;
using Unroll.Tests;
using Unroll.Tool;

namespace Unroll.Interop.Tests;

/// <summary>Files that PyTorch, Keras and scikit-learn exported, imported, compiled with the generator and run: the predictions are theirs.</summary>
public sealed class OnnxImportTests
{
    public static TheoryData<string> Names => SlowTests.Some<string>(
    [
        "autoencoder", "keywords", "resnet8", "visual_wake", "activations_12", "activations_17", "activations_20", "skip", "signal", "flat",
        "several", "layers", "layers_fixed", "states", "steps_first", "begins", "loops", "each_step", "each_step_fixed", "tagger", "last_states",
        "gates", "ids", "block", "block_fixed", "heads", "dynamo_picture", "dynamo_pool", "dynamo_layers", "dynamo_block", "dynamo_block_functions",
        "dynamo_causal", "dynamo_masked", "dynamo_activations", "dynamo_activations_functions", "keras_picture", "keras_series", "sklearn_regressor",
        "sklearn_scaled", "sklearn_classes", "sklearn_binary", "sklearn_several",
        "film", "film_fixed", "film_encoded", "film_encoded_fixed", "film_looped", "film_looped_fixed", "film_windows", "film_windows_fixed",
        "film_averaged", "film_averaged_fixed", "film_nested", "film_nested_fixed",
        "film_shifted", "film_shifted_fixed", "film_stacked", "film_stacked_fixed", "film_patches", "film_patches_fixed",
    ]);

    [Theory]
    [MemberData(nameof(Names))]
    public void PredictsWhatTheOtherToolPredicts(string name)
    {
        ImportedNetwork network = Onnx.Import(PathOf($"{name}.onnx"));
        float[][] inputs = [.. network.Inputs.Select((value, index) => value.Arrange(NpyFile.Read(PathOf($"{name}.x{index}.npy")).Values))];

        float[][] predicted = CompiledNetwork.Compile(network).Predict(inputs);

        Assert.Equal(network.Outputs.Count, predicted.Length);
        for (int output = 0; output < predicted.Length; output++)
        {
            float[] expected = network.Outputs[output].Arrange(NpyFile.Read(PathOf($"{name}.y{output}.npy")).Values);
            Assert.Equal(expected.Length, predicted[output].Length);
            for (int i = 0; i < expected.Length; i++)
            {
                Golden.AssertClose(expected[i], predicted[output][i], relative: 1e-6, absolute: 1e-6, $"{name}, output {output}[{i}]");
            }
        }
    }

    [Fact]
    public void TheClassIsOneToRead() => Assert.Equal(
        """
        // x0: [2, 8, 12] in the file, [8, 12, 2] here, where channels come last
        // y0: [3, 8, 12] in the file, [8, 12, 3] here, where channels come last
        using Unroll;

        /// <summary>The model main_graph of skip.onnx.</summary>
        [Network(8, 12, 2)]
        [Conv2D(6, 3, Activation.Relu, Padding = Padding.Same, Name = "down_0")]
        [ZeroPadding2D]
        [MaxPooling2D(3, Strides = [2], Name = "down_2")]
        [Conv2D(6, 3, Padding = Padding.Same, Groups = 3, Name = "inner_0")]
        [GroupNormalization(-1, Epsilon = 1E-05f, Name = "inner_1")]
        [Activate(Activation.HardSwish, Name = "inner_2")]
        [GlobalAveragePooling2D]
        [Reshape(1, 1, 6)]
        [Conv2D(3, 1, Activation.Swish, Name = "weigh_1")]
        [Conv2D(6, 1, Activation.HardSigmoid, Name = "weigh_3")]
        [Multiply("inner_2", "weigh_3", Name = "multiply1")]
        [Concatenate("multiply1", "down_2")]
        [Conv2DTranspose(4, 2, Strides = [2], Name = "up")]
        [Concatenate("up", "input")]
        [Conv2D(3, 1, Activation.Softmax, Name = "last")]
        public sealed partial class Skip;

        """,
        Onnx.Import(PathOf("skip.onnx")).Source,
        ignoreLineEndingDifferences: true);

    [Fact]
    public void SequencesBecomeTheirLayers()
    {
        Assert.Equal(
            """
            using Unroll;

            /// <summary>The model torch_jit of layers.onnx.</summary>
            [Network(6, 4)]
            [LSTM(3, ReturnSequences = true, Bidirectional = BidirectionalMerge.Concat, Name = "both")]
            [LSTM(3, ReturnSequences = true, Bidirectional = BidirectionalMerge.Concat, Name = "both_2")]
            [GRU(5, Name = "gated")]
            [Dense(2, Name = "head")]
            public sealed partial class Layers;

            """,
            Onnx.Import(PathOf("layers.onnx")).Source,
            ignoreLineEndingDifferences: true);
        Assert.Equal(
            """
            using Unroll;

            /// <summary>The model torch_jit of block.onnx.</summary>
            [Network(5, 3)]
            [Dense(8, Name = "embed")]
            [PositionEmbedding(Name = "position_embedding1")]
            [Add("embed", "position_embedding1", Name = "add1")]
            [MultiHeadAttention(2, 4, Name = "attention")]
            [Add("add1", "attention")]
            [LayerNormalization(Epsilon = 1E-05f, Name = "norm")]
            [Dense(6, Activation.Gelu, Name = "feed_0")]
            [Dense(8, Name = "feed_2")]
            [Add("norm", "feed_2")]
            [LayerNormalization(Epsilon = 1E-05f, Name = "last")]
            [GlobalAveragePooling1D]
            public sealed partial class Block;

            """,
            Onnx.Import(PathOf("block.onnx")).Source,
            ignoreLineEndingDifferences: true);
    }

    /// <summary>Predictions are the same, but training is not, and nothing else would tell.</summary>
    [Fact]
    public void LayersThatReadTheSameConstantsAreNamed()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("onnx");
        try
        {
            var graph = new OnnxGraph(17, 4);
            string own = graph.Node("Gemm", ["x", graph.Numbers("own", 4, 4), graph.Numbers("b", 4)]);
            string first = graph.Node("MatMul", [own, graph.Numbers("kernel", 4, 4)]);
            string second = graph.Node("Tanh", [graph.Node("Gemm", [first, "kernel", "b"], null, ("transB", 1))]);
            graph.Node("MatMul", [second, "kernel"], "y");
            graph.AssertReadsAs(folder, "[Dense(4)]\n[Dense(4, UseBias = false)]\n[Dense(4, Activation.Tanh)]\n[Dense(4, UseBias = false)]");

            ImportedNetwork network = Onnx.Import(Path.Combine(folder.FullName, "model.onnx"));

            Assert.Equal("dense2, dense3 and dense4 read the same constants; here each has its own, so that training changes one alone", Assert.Single(network.Notes));
            Assert.StartsWith("// dense2, dense3 and dense4 read the same constants", network.Source, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "golden", "onnx", file);
}
