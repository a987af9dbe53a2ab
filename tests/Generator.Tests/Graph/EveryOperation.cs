using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Passes;
using Unroll.Generator.Shapes;

namespace Unroll.Generator.Tests.Graph;

/// <summary>The graphs of some networks, before, between and behind the passes; there is an operation of every kind among them.</summary>
internal static class EveryOperation
{
    private static readonly string[] s_networks =
    [
        "[Network(4)] [Dense(3, Activation.Relu)] [ActivityRegularization(L1 = 0.1f)] [Dense(2)] public partial class Net;",
        "[Network(80)] [Dense(70, Activation.Tanh)] [Dense(90, Activation.LogSoftmax)] public partial class Net;",
        "[Network(4)] [Dense(5, Activation.Relu)] [Dense(5)] [Add(\"\", \"dense1\")] [Dense(2, Activation.Softmax)] public partial class Net;",
        "[Network(6, 80)] [Normalization] [Dense(70, UseBias = false)] [BatchNormalization] [Dense(64)] [RMSNormalization] [LayerNormalization] [UnitNormalization] "
            + "[Permute(2, 1)] [Dense(3)] [Flatten] [Dense(2, Activation.Softmax)] public partial class Net;",
        "[Network] [Input(\"a\", 4, 3)] [Input(\"b\", 3)] [RepeatVector(4, From = \"b\")] [Concatenate(\"\", \"a\")] [Dense(3, Name = \"c\")] [Add(\"c\", \"b\")] "
            + "[Dot(\"\", \"a\", Normalize = true)] public partial class Net;",
        "[Network(9, 8, 4, InferenceWeights = WeightPrecision.BFloat16)] [RandomFlip] [Conv2D(40, 3)] [BatchNormalization] [PRelu(SharedAxes = [1, 2])] [MaxPooling2D(2)] "
            + "[DepthwiseConv2D(2, DepthMultiplier = 2)] [Conv2D(8, 1, Groups = 2)] [Conv2DTranspose(20, 2, Strides = [2])] [UpSampling2D(2)] [ZeroPadding2D(1)] "
            + "[Cropping2D(1)] [GroupNormalization(4)] [MaxPooling2D(2)] [AveragePooling2D(2)] [GlobalAveragePooling2D] [Dense(70)] [Dense(90)] public partial class Net;",
        "[Network(7)] [Embedding(10, 40, MaskZero = true)] [BatchNormalization] [LSTM(5, ReturnSequences = true)] [GRU(4, ReturnSequences = true, GoBackwards = true, "
            + "RecurrentDropout = 0.5f)] [GlobalAveragePooling1D] public partial class Net;",
        "[Network(8, 6)] [PositionEmbedding(9)] [Add(\"\", \"input\")] [MultiHeadAttention(2, 4)] [MultiHeadAttention(2, 4, Causal = true)] [LSTM(5)] [Dense(3)] public partial class Net;",
        "[Network(12, 2, Streaming = true)] [Conv1D(3, 3, Padding = Padding.Valid)] [MaxPooling1D(3, Strides = [2])] [GRU(4)] [Dense(1)] public partial class Net;",
        "[Network(6, 4)] [Masking] [TimeDistributed<Body>] [Dense(2)] public partial class Net; [Block] [Dense(3)] class Body;",
    ];

    private static readonly Lazy<OpGraph[]> s_all = new(static () => [.. s_networks.SelectMany(Of)]);

    public static IReadOnlyList<OpGraph> Graphs => s_all.Value;

    private static IEnumerable<OpGraph> Of(string network)
    {
        ShapedNetwork shaped = ShapeInference.Run(ParsedModel.Of(network)).Network!;
        var graphs = NetworkGraphs.Of(shaped, CancellationToken.None);
        return
        [
            .. graphs.Named().Select(static named => named.Graph),
            GradientBuilder.AddBackward(PassList.BeforeGradient(graphs.Forward)),
        ];
    }
}
