using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Unroll.Generator;

namespace Unroll.Interop.Tests;

/// <summary>
/// An import costs a prediction nothing: the code that is generated from its class is, byte by byte, that of a class which a person writes for the same
/// network, so that both take the same time.
/// </summary>
public sealed class ImportedCodeTests
{
    private static readonly CSharpParseOptions s_options = new(LanguageVersion.Latest);

    public static TheoryData<string, string> Networks => new()
    {
        { "files/mlp.keras", """[Network(4)] [Dense(5, Activation.Relu, Name = "dense")] [Dense(3, Activation.Softmax, Name = "dense_1")]""" },
        {
            "onnx/keywords.onnx",
            """
            [Network(49, 10, 1)] [ZeroPadding2D([5, 5, 1, 1])]
            [Conv2D(64, [10, 4], Activation.Relu, Strides = [2], Name = "conv2d_0")]
            [DepthwiseConv2D(3, Activation.Relu, Padding = Padding.Same, Name = "depthwise_conv2d_4_0")] [Conv2D(64, 1, Activation.Relu, Name = "conv2d_5_0")]
            [DepthwiseConv2D(3, Activation.Relu, Padding = Padding.Same, Name = "depthwise_conv2d_6_0")] [Conv2D(64, 1, Activation.Relu, Name = "conv2d_7_0")]
            [DepthwiseConv2D(3, Activation.Relu, Padding = Padding.Same, Name = "depthwise_conv2d_8_0")] [Conv2D(64, 1, Activation.Relu, Name = "conv2d_9_0")]
            [DepthwiseConv2D(3, Activation.Relu, Padding = Padding.Same, Name = "depthwise_conv2d_10_0")] [Conv2D(64, 1, Activation.Relu, Name = "conv2d_11_0")]
            [GlobalAveragePooling2D] [Dense(12, Activation.Softmax, Name = "dense_15")]
            """
        },
        {
            "files/states.keras",
            """
            [Network] [Input("series", 5, 2)] [Input("kind", 3)]
            [Dense(3, From = "kind", Name = "start")] [Dense(3, Activation.Tanh, From = "kind", Name = "memory")]
            [LSTM(3, From = "series", ReturnSequences = true, InitialState = ["start", "memory"], Name = "first")]
            [LSTM(3, ReturnSequences = true, Bidirectional = BidirectionalMerge.Ave, InitialState = ["start", "memory", "memory", "start"], Name = "fourth")]
            [GRU(3, From = "first", InitialState = ["start"], Name = "second")]
            [SimpleRNN(3, From = "first", Bidirectional = BidirectionalMerge.Concat, InitialState = ["start", "memory"], Name = "third")]
            [GlobalMaxPooling1D(From = "fourth", Name = "global_max_pooling1d")]
            [Concatenate("second", "third", "global_max_pooling1d", Name = "all")]
            """
        },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void TheGeneratedCodeIsThatOfAClassWrittenByHand(string file, string layers)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "golden", file);
        ImportedNetwork imported = path.EndsWith(".onnx", StringComparison.Ordinal) ? Onnx.Import(path, "Compared") : Keras.Import(path, "Compared");

        string expected = Generated($"using Unroll;\n{layers}\npublic sealed partial class Compared;");

        Assert.Contains("Compared", expected, StringComparison.Ordinal);
        Assert.Equal(expected, Generated(imported.Source));
    }

    private static string Generated(string source)
    {
        MetadataReference[] references = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(static path => MetadataReference.CreateFromFile(path))];
        var compilation = CSharpCompilation.Create(
            "Compared", [CSharpSyntaxTree.ParseText(source, s_options)], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        GeneratorDriverRunResult result = CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: s_options).RunGenerators(compilation).GetRunResult();
        Assert.Empty(result.Diagnostics);
        return string.Join('\n', result.GeneratedTrees.OrderBy(static tree => tree.FilePath, StringComparer.Ordinal).Select(static tree => tree.ToString()));
    }
}
